using Orleans.Serialization;

namespace FteAgent.Engine.Tests.Wire;

public sealed class ExceptionTests
{
    public static TheoryData<Type> FrameworkExceptions() =>
        [.. WellKnownTypes.All.Where(known => known.Number >= WellKnownTypes.FirstException).Select(known => known.Type)];

    [Theory]
    [MemberData(nameof(FrameworkExceptions))]
    public void The_frameworks_exceptions_keep_their_type_and_words(Type type)
    {
        var exception = type == typeof(ObjectDisposedException) ? new ObjectDisposedException("thing") : (Exception)Activator.CreateInstance(type)!;
        var arrived = Trip(exception);

        Assert.IsType(type, arrived);
        Assert.Equal((exception.Message, exception.HResult), (arrived.Message, arrived.HResult));
    }

    [Fact]
    public void Stack_cause_and_parameter_arrive()
    {
        var arrived = Trip(Thrown(new InvalidOperationException("outer", new ArgumentNullException("name", "no name"))));

        Assert.Contains(nameof(Thrown), arrived.StackTrace);
        var cause = Assert.IsType<ArgumentNullException>(arrived.InnerException);
        Assert.Equal("name", cause.ParamName);
        Assert.Equal(new ArgumentNullException("name", "no name").Message, cause.Message);
    }

    [Fact]
    public void All_causes_arrive()
    {
        var arrived = Assert.IsType<AggregateException>(Trip(new AggregateException("several", new TimeoutException("a"), new IOException("b"))));

        Assert.Equal(["a", "b"], arrived.InnerExceptions.Select(cause => cause.Message));
        Assert.IsType<TimeoutException>(arrived.InnerException);
        Assert.Contains("several", arrived.Message);
    }

    [Fact]
    public void One_that_cannot_be_made_elsewhere_arrives_as_one_that_tells_of_it()
    {
        var arrived = Assert.IsType<UnavailableExceptionFallbackException>(Trip(Thrown(new System.Text.Json.JsonException("bad json", new TimeoutException("why")))));

        Assert.Equal("System.Text.Json.JsonException", arrived.ExceptionType);
        Assert.Equal("bad json", arrived.Message);
        Assert.Contains(nameof(Thrown), arrived.StackTrace);
        Assert.IsType<TimeoutException>(arrived.InnerException);
        Assert.Contains("System.Text.Json.JsonException", arrived.ToString());
    }

    [Fact]
    public void The_engines_own_arrive() =>
        Assert.Equal("gone", Assert.IsType<SiloUnavailableException>(Trip(new SiloUnavailableException("gone"))).Message);

    private static Exception Trip(Exception exception) =>
        WireCodec.Deserialize<Exception>(WireCodec.Serialize(CrossingException.ForWire(exception)));

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
