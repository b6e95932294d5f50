namespace SmsCampaign.Messages;

/// <summary>
/// Rule 7, once for all who count: nobody of an audience is without a place, and nobody has two.
/// </summary>
public static class BalanceRule
{
    /// <summary>By how much an audience is not the sum of what became of it. Above 0: rows are missing. Below: there
    /// are more than came in.</summary>
    /// <param name="audience">Rows of the audience's files.</param>
    /// <param name="excluded">Rows that are not recipients.</param>
    /// <param name="countOf">Messages at a status. Asked for every one there is.</param>
    public static long Difference(long audience, long excluded, Func<MessageStatus, long> countOf) =>
        audience - excluded - Enum.GetValues<MessageStatus>().Sum(countOf);
}
