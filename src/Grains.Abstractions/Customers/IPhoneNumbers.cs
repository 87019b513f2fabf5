namespace FteAgent.Customers;

/// <summary>Knows how phone numbers are written.</summary>
public interface IPhoneNumbers
{
    /// <summary>
    /// A number in its normal form: E.164, a plus and 7 to 15 digits, each number in one way only. Null for what is no number with its
    /// country's code.
    /// </summary>
    string? Normalize(string number);
}
