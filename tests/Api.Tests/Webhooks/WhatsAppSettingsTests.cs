using FteAgent.Api.Hosting;
using FteAgent.Channels.WhatsApp;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Doctor;
using FteAgent.Silo.Settings;
using FteAgent.Testing;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Webhooks;

/// <summary>How WhatsApp is turned on, and what is said of it.</summary>
public sealed class WhatsAppSettingsTests
{
    [Fact]
    public void Nothing_set_is_no_whatsapp() => Assert.Null(WhatsAppSettings.Read(With()));

    [Fact]
    public void Three_settings_and_the_public_address_are_enough()
    {
        var settings = WhatsAppSettings.Read(With(WhatsAppSilo.Settings))!;

        Assert.Equal("https://support.example.com/webhooks/whatsapp", settings.Webhook.Url.AbsoluteUri);
        Assert.Equal("https://support.example.com/webhooks/whatsapp/status", settings.Sending.StatusCallback.AbsoluteUri);
        Assert.Equal(WhatsAppOptions.TwilioApi, settings.Sending.Api);
        Assert.Equal("https://support.example.com/webhooks/whatsapp#rc=5&rp=5xx,ct,rt", settings.AddressForTwilio);
        Assert.DoesNotContain(FakeTwilio.AuthToken, settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Public_address_below_a_folder_keeps_it() => Assert.Equal(
        "https://example.com/support/webhooks/whatsapp", WhatsAppSettings.Read(With([.. WhatsAppSilo.Settings, ("PUBLIC_URL", "https://example.com/support/")]))!.Webhook.Url.AbsoluteUri);

    [Theory]
    [InlineData("TWILIO_ACCOUNT_SID", "", "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM turn WhatsApp on together; set all three or none.")]
    [InlineData("TWILIO_AUTH_TOKEN", "", "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM turn WhatsApp on together; set all three or none.")]
    [InlineData("TWILIO_WHATSAPP_FROM", "", "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM turn WhatsApp on together; set all three or none.")]
    [InlineData("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits, as Twilio's console shows it.")]
    [InlineData("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef/../AC", "TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits, as Twilio's console shows it.")]
    [InlineData("TWILIO_WHATSAPP_FROM", "+14155238886", "TWILIO_WHATSAPP_FROM must be whatsapp: and a number in international form, such as whatsapp:+14155238886.")]
    [InlineData("TWILIO_WHATSAPP_FROM", "whatsapp:4155238886", "TWILIO_WHATSAPP_FROM must be whatsapp: and a number in international form, such as whatsapp:+14155238886.")]
    [InlineData("TWILIO_TEMPLATE_SID", "answer", "TWILIO_TEMPLATE_SID must be HX and 32 hexadecimal digits, as Twilio's Content Template Builder shows it.")]
    [InlineData("TWILIO_API_URL", "ftp://api.twilio.com", "TWILIO_API_URL must be an http or https address without a path, such as https://api.dublin.ie1.twilio.com.")]
    [InlineData("TWILIO_API_URL", "https://me:secret@api.twilio.com", "TWILIO_API_URL must be an http or https address without a path, such as https://api.dublin.ie1.twilio.com.")]
    [InlineData("TWILIO_WEBHOOK_URL", "https://example.com", "TWILIO_WEBHOOK_URL must be the http or https address that Twilio has for incoming messages, without query and fragment, such as https://example.com/webhooks/whatsapp.")]
    [InlineData("TWILIO_WEBHOOK_URL", "https://example.com/in#rc=5", "TWILIO_WEBHOOK_URL must be the http or https address that Twilio has for incoming messages, without query and fragment, such as https://example.com/webhooks/whatsapp.")]
    [InlineData("PUBLIC_URL", "", "WhatsApp needs PUBLIC_URL, or TWILIO_WEBHOOK_URL where Twilio reaches this deployment by another address: Twilio's signatures are over it.")]
    [InlineData("PUBLIC_URL", "https://example.com/?x=1", "For WhatsApp PUBLIC_URL must be an http or https address without query, such as https://example.com.")]
    public async Task Bad_setting_is_told_in_one_sentence_and_stops_the_start(string name, string value, string sentence)
    {
        (string, string)[] settings = [.. WhatsAppSilo.Settings, (name, value)];

        Assert.Equal(sentence, Assert.Throws<UsageException>(() => WhatsAppSettings.Read(With(settings))).Message);
        Assert.Equal(sentence, (await Assert.ThrowsAsync<UsageException>(() => RunningSilo.Start(settings))).Message);
        Assert.Contains(await Findings(new SettingsCheck(With(settings))), finding => finding.Verdict is Verdict.Fail && finding.Says == sentence);
        Assert.Equal(Verdict.Warn, Assert.Single(await Findings(new WhatsAppCheck(With(settings)))).Verdict);
    }

    [Fact]
    public async Task The_doctor_tells_the_address_that_Twilio_must_be_given_and_whether_the_token_is_taken()
    {
        await using var twilio = await FakeTwilio.Start();
        (string, string)[] settings = [.. WhatsAppSilo.Settings, ("TWILIO_API_URL", twilio.Address.ToString())];

        var well = await Findings(new WhatsAppCheck(With(settings)));
        Assert.All(well, finding => Assert.Equal(Verdict.Ok, finding.Verdict));
        Assert.Contains("https://support.example.com/webhooks/whatsapp#rc=5&rp=5xx,ct,rt", well[0].Says, StringComparison.Ordinal);

        var wrong = await Findings(new WhatsAppCheck(With([.. settings, ("TWILIO_AUTH_TOKEN", "another token")])));
        Assert.Equal(Verdict.Fail, wrong[^1].Verdict);
        Assert.DoesNotContain(wrong, finding => finding.Says.Contains("another token", StringComparison.Ordinal));
        twilio.Account = "suspended";
        Assert.Equal(Verdict.Fail, (await Findings(new WhatsAppCheck(With(settings))))[^1].Verdict);
        await twilio.DisposeAsync();
        Assert.Equal(Verdict.Warn, (await Findings(new WhatsAppCheck(With(settings))))[^1].Verdict);
        Assert.Equal(Verdict.Warn, (await Findings(new WhatsAppCheck(With([.. settings, ("PUBLIC_URL", "http://support.example.com")]))))[0].Verdict);
    }

    [Fact]
    public async Task A_Twilio_that_does_not_take_our_token_makes_a_silo_degraded_and_messages_are_taken_all_the_same()
    {
        await using var twilio = await FakeTwilio.Start();
        await using var silo = await RunningSilo.Start([.. WhatsAppSilo.Settings, ("TWILIO_API_URL", twilio.Address.ToString()), ("TWILIO_AUTH_TOKEN", "another token")]);
        var form = TwilioWebhooks.Writes(WhatsAppSilo.NewPhone(), "human");

        var ready = (await silo.Anyone.Get("/health/ready")).Expect(200);
        (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp", form, TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form, "another token"))).Expect(200);

        Assert.Equal("degraded", ready["checks"].GetProperty("whatsapp").GetProperty("status").GetString());
        Assert.DoesNotContain("another token", ready.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeTwilio.AccountSid, ready.Text, StringComparison.Ordinal);
    }

    private static async Task<List<Finding>> Findings(IDoctorCheck check)
    {
        var findings = new List<Finding>();
        await foreach (var finding in check.Look(default))
            findings.Add(finding);
        return findings;
    }

    private static IConfiguration With(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value))).Build();
}
