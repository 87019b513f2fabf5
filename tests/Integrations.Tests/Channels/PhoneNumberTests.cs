namespace FteAgent.Channels;

/// <summary>A number is written in one way only.</summary>
public sealed class PhoneNumberTests
{
    private readonly PhoneNumbersOfAllCountries phones = new();

    [Theory]
    [InlineData("+4915112345678", "+4915112345678")]
    [InlineData("+49 (0)151 1234-5678", "+4915112345678")]
    [InlineData("+1 415 523 8886", "+14155238886")]
    [InlineData("+390612345678", "+390612345678")]
    public void Number_with_its_countrys_code_has_one_normal_form(string written, string normal) => Assert.Equal(normal, phones.Normalize(written));

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("015112345678")]
    [InlineData("4915112345678")]
    [InlineData("+49")]
    [InlineData("+999123456789")]
    [InlineData("DE.13491208655302741918")]
    [InlineData("+491511234567812345678")]
    [InlineData("+49151123456781234567812345678123456781234567")]
    public void What_is_no_such_number_has_none(string written) => Assert.Null(phones.Normalize(written));
}
