using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>A test that was written, as it stands.</summary>
/// <param name="Text">Name of its text; empty where it cannot be read.</param>
/// <param name="Trouble">Why it cannot be read; null where it was.</param>
public sealed record SentTest(RunKey Key, string Text, IReadOnlyList<TestMessage> Messages, Wording? Trouble)
{
    /// <summary>Whether nothing more is to come of it.</summary>
    public bool IsOver => Trouble is null && Messages.All(message => message.IsOver);
}

/// <summary>Where one message of a test stands.</summary>
/// <param name="Seq">Its key in its test's ledger.</param>
/// <param name="Number">With its middle hidden.</param>
/// <param name="Status">As far as the lane's receipts are believed.</param>
/// <param name="Code">What the gateway said, where it says more; empty where it does not.</param>
/// <param name="At">When it came to stand there; null while it is planned.</param>
/// <param name="Awaits">Whether a receipt may yet say more.</param>
public sealed record TestMessage(
    string Test,
    long Seq,
    string Lane,
    string Number,
    int Parts,
    MessageStatus Status,
    Reason Reason,
    string Code,
    DateTimeOffset? At,
    bool Awaits)
{
    /// <summary>Whether nothing more is to come.</summary>
    public bool IsOver => !Awaits && Status is not (MessageStatus.Planned or MessageStatus.Submitting);

    /// <summary>Whether it went as it should, as far as is known.</summary>
    public bool IsWell => Status is MessageStatus.Accepted or MessageStatus.Sent or MessageStatus.Delivered;

    internal static IReadOnlyList<TestMessage> ReadAll(RunAddress address)
    {
        using var ledger = Ledgers.RunAt(address).ReadForReport();
        var tables = ledger.ReadTables();
        using var scan = ledger.ReadMessages(tables);
        var messages = new List<TestMessage>();
        while (scan.Next())
        {
            var lane = tables.Lanes[scan.Lane];
            var status = lane.Trust.Believe(scan.Status);
            messages.Add(new TestMessage(
                address.ToString(),
                scan.Seq,
                lane.Name,
                ErasedNumber.Is(scan.Number) ? ErasedNumber.Show(scan.Number) : new PhoneNumber(scan.Number).Masked,
                scan.Parts,
                status,
                (Reason)scan.Reason,
                scan.Settled ? NumberMask.In(Encoding.UTF8.GetString(scan.Code)) : "",
                scan.Settled ? ProcessClock.FromMicros(scan.SettledMicros) : null,
                lane.Trust.Awaits(scan.Status)));
        }

        return messages;
    }
}
