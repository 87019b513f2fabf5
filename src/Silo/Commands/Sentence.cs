using FteAgent.Documents;
using Microsoft.Extensions.Options;

namespace FteAgent.Silo.Commands;

/// <summary>Something the caller can mend: one sentence on standard error, exit code 2, no stack trace.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);

/// <summary>Turns failures of a command into one sentence and an exit code: 2 for what the caller can mend, 1 for the rest.</summary>
internal static class Sentence
{
    public static async Task<int> OnFailure(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OptionsValidationException invalid)
        {
            return Fail(2, string.Join(" ", invalid.Failures));
        }
        catch (Exception failure) when (failure is UsageException or DocumentException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(2, failure.Message);
        }
        catch (IOException failure)
        {
            return Fail(1, failure.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(130, "Stopped.");
        }
        catch (Exception failure) when (Environment.GetEnvironmentVariable("FTE_DEBUG") is null)
        {
            return Fail(1, $"{failure.Message} (Set FTE_DEBUG=1 to see where.)");
        }
    }

    private static int Fail(int code, string sentence)
    {
        Console.Error.WriteLine($"fte: {sentence}");
        return code;
    }
}
