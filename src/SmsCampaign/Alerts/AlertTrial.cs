using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>What came of a test of one way to tell somebody, as it is recorded.</summary>
sealed record AlertTrial(DateTimeOffset At, bool Failed)
{
    /// <summary>Kind of the event. Stored: never rename.</summary>
    const string Kind = "alert-test";

    const string Delivered = "delivered";

    /// <param name="who">Who tried it.</param>
    public static void Record(IRecords records, Who who, TestDelivery delivery, DateTimeOffset now) =>
        records.RecordEvent(
            who,
            Kind,
            $"{delivery.Key} {now.ToSql()} "
                + (delivery.Trouble is { } trouble ? $"failed: {NumberMask.In(trouble.En)}" : Delivered),
            now);

    /// <param name="receiver">As of <see cref="AlertReceiver.Key"/>.</param>
    /// <returns>Null where it was never tried, or what is kept of it cannot be read.</returns>
    public static AlertTrial? FindLast(IRecords records, string receiver)
    {
        try
        {
            return records.FindLastEvent([Kind], receiver + " ")?.Split(' ', 3) is [_, var at, var what]
                ? new AlertTrial(SqlTime.FromSql(at, "event", receiver), what != Delivered)
                : null;
        }
        catch (LedgerRowException)
        {
            return null;
        }
    }
}
