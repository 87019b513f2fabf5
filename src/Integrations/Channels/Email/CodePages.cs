using System.Text;

namespace FteAgent.Channels.Email;

/// <summary>The character sets of older mails, which .NET knows only when it is told to.</summary>
internal static class CodePages
{
    static CodePages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Makes them known. Whoever uses the mail library calls it first: the library remembers which it did not find.</summary>
    public static void Know()
    {
    }
}
