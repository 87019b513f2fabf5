using FteAgent.Customers;
using PhoneNumbers;

namespace FteAgent.Channels;

/// <summary>Phone numbers by Google's rules for all countries (libphonenumber).</summary>
internal sealed class PhoneNumbersOfAllCountries : IPhoneNumbers
{
    /// <summary>E.164's 15 digits, with all that people put between them.</summary>
    private const int Longest = 40;

    /// <inheritdoc/>
    public string? Normalize(string number)
    {
        if (number.Length > Longest || !number.StartsWith('+'))
            return null;
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            // No region: a number without its country's code could be anybody's.
            var parsed = util.Parse(number, null);
            return util.IsPossibleNumber(parsed) ? util.Format(parsed, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
