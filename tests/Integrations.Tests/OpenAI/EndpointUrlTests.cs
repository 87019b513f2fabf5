namespace FteAgent.OpenAI;

public sealed class EndpointUrlTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1")]
    [InlineData("https://gateway.example.com/openai/v1/", "https://gateway.example.com/openai/v1")]
    [InlineData("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1")]
    [InlineData("http://localhost:8000/v1", "http://localhost:8000/v1")]
    [InlineData("http://[::1]:8000/v1", "http://[::1]:8000/v1")]
    public void An_endpoint_is_reached_by_https_or_on_this_machine(string text, string url)
    {
        Assert.True(EndpointUrl.TryParse(text, privateHttp: false, out var read, out _));
        Assert.Equal(url, read.ToString().TrimEnd('/'));
    }

    [Theory]
    [InlineData("http://10.1.2.3:8000/v1")]
    [InlineData("http://172.31.0.9/v1")]
    [InlineData("http://192.168.1.20:11434/v1")]
    [InlineData("http://[fdaa::5]:8000/v1")]
    [InlineData("http://ollama:11434/v1")]
    [InlineData("http://model.internal/v1")]
    [InlineData("http://model.default.svc.cluster.local/v1")]
    public void A_private_network_may_use_plain_http_where_it_is_allowed(string text)
    {
        Assert.True(EndpointUrl.TryParse(text, privateHttp: true, out _, out _));
        Assert.False(EndpointUrl.TryParse(text, privateHttp: false, out _, out var fault));
        Assert.Equal("must begin with https://, unless plain http in a private network is allowed.", fault);
    }

    [Theory]
    [InlineData("http://api.openai.com/v1")]
    [InlineData("http://8.8.8.8/v1")]
    [InlineData("http://172.32.0.1/v1")]
    [InlineData("http://local.example.com/v1")]
    [InlineData("http://169.254.169.254/v1")]
    public void Nothing_goes_in_the_clear_to_a_public_address(string text)
    {
        Assert.False(EndpointUrl.TryParse(text, privateHttp: true, out _, out var fault));
        Assert.Equal("must begin with https://, since the key and customers' words go there.", fault);
    }

    [Theory]
    [InlineData("api.openai.com")]
    [InlineData("ftp://api.openai.com/v1")]
    [InlineData("")]
    [InlineData("https://sk-key@api.openai.com/v1")]
    [InlineData("https://api.openai.com/v1?key=sk-key")]
    [InlineData("https://api.openai.com/v1#sk-key")]
    public void A_fault_never_repeats_the_value(string text)
    {
        Assert.False(EndpointUrl.TryParse(text, privateHttp: true, out _, out var fault));
        Assert.DoesNotContain("sk-key", fault);
        Assert.EndsWith(".", fault);
    }
}
