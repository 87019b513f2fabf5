using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>What was given up in the <see cref="IOutbox"/>, for a person to bring back when its cause is mended.</summary>
public interface IGivenUp
{
    /// <summary>
    /// Has what was given up for a destination tried again as if it were new, under the ids that it had: all of a few customers, in one transaction.
    /// What was decided after it may have been sent already, so it comes behind that.
    /// </summary>
    /// <param name="destination">The destination.</param>
    /// <param name="after">With whom the call before ended, to go on behind them; null to begin.</param>
    /// <param name="customers">Of how many customers at most. Nothing can be stored in their conversations while it lasts.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing has changed.</param>
    Task<BroughtBack> BringBack(string destination, CustomerId? after, int customers, CancellationToken cancellationToken);
}

/// <summary>What was brought back at once.</summary>
/// <param name="Items">How many items.</param>
/// <param name="EndedWith">The last of the customers whose they are; null when nobody was left.</param>
public readonly record struct BroughtBack(long Items, CustomerId? EndedWith);

/// <summary>Brings back all that was given up, however much it is.</summary>
public static class GivenUp
{
    /// <summary>Of so many customers at once: each call is short, and messages to them wait no longer than that.</summary>
    public const int CustomersAtOnce = 500;

    /// <summary>
    /// Has all that was given up for a destination tried again. Each customer is come to once, so it ends also where what was brought back is given up
    /// again at once. What was brought back stays so when it is cut off, and a further run goes on with the rest.
    /// </summary>
    /// <param name="givenUp">The record.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="atOnce">Of how many customers at once.</param>
    /// <param name="cancellationToken">Cuts it off.</param>
    /// <returns>How many items there were.</returns>
    public static async Task<long> BringBackAll(this IGivenUp givenUp, string destination, int atOnce, CancellationToken cancellationToken)
    {
        var items = 0L;
        CustomerId? after = null;
        while (true)
        {
            var back = await givenUp.BringBack(destination, after, atOnce, cancellationToken);
            items += back.Items;
            if (back.EndedWith is null)
                return items;
            after = back.EndedWith;
        }
    }
}
