using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using FteAgent.Conversations;
using FteAgent.Silo.Commands;
using Microsoft.Extensions.Options;

namespace FteAgent.Silo.Logs;

/// <summary>
/// An exception as a log may have it: its type and where it came from always, its message only where that is known to repeat no value.
/// A parser's message quotes what it could not parse, and that may be a customer's words or a key.
/// </summary>
internal static class FailureText
{
    /// <summary>How many causes are told, one within the other.</summary>
    private const int DepthLimit = 8;

    /// <summary>
    /// Whose messages are told, with what is derived from them. Of a database's the message names tables and rules; the values stand in its
    /// details, which Npgsql leaves out.
    /// </summary>
    private static readonly Type[] Told =
    [
        typeof(OrleansException), typeof(RecordUnavailableException), typeof(UsageException), typeof(TimeoutException), typeof(OperationCanceledException),
        typeof(DbException), typeof(SocketException), typeof(IOException), typeof(ObjectDisposedException), typeof(InvalidOperationException),
        typeof(NotSupportedException), typeof(UnauthorizedAccessException), typeof(NullReferenceException), typeof(OutOfMemoryException),
        typeof(InvalidCastException), typeof(OptionsValidationException), typeof(AggregateException), typeof(InvalidDataException),
    ];

    /// <summary>The exception and its causes, outermost first.</summary>
    public static string Of(Exception failure)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (var cause = failure; cause is not null && depth < DepthLimit; cause = cause.InnerException, depth++)
        {
            if (depth > 0)
                text.Append("\n ---> ");
            text.Append(cause.GetType().FullName);
            if (Told.Any(type => type.IsInstanceOfType(cause)))
                text.Append(": ").Append(cause.Message);
            if (cause.StackTrace is { } trace)
                text.Append('\n').Append(trace);
        }

        return text.ToString();
    }
}
