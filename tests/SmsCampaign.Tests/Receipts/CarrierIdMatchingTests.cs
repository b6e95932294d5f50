using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>A receipt that gives only the gateway's id settles the message that was given it, and no other.</summary>
public sealed class CarrierIdMatchingTests : ReceiptCase
{
    [Fact]
    public async Task The_id_is_looked_for_in_the_form_that_receipts_give_it()
    {
        Create(ReceiptTrust.Handset);
        await SendAsync(1, SendResult.Accepted("0x00FF", ["255"]));

        await ReceiveAsync("-|255|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        Assert.Equal("0x00FF", db.ReadText("select carrier_id from state")); // as the gateway wrote it
    }

    [Fact]
    public async Task An_id_that_two_messages_were_given_settles_neither()
    {
        Create(ReceiptTrust.Handset);
        await SendAsync(1, SendResult.Accepted("7"));
        await SendAsync(2, SendResult.Accepted("007", ["7"]));

        await ReceiveAsync("-|7|Delivered|X");

        Assert.Equal([MessageStatus.Accepted, MessageStatus.Accepted], [StateOf(1)!.Value, StateOf(2)!.Value]);
        Assert.Equal("Ambiguous", OddityOf(1));
    }

    [Fact]
    public async Task A_message_that_is_given_its_id_again_keeps_it()
    {
        Create(ReceiptTrust.Handset);
        await SendAsync(1, SendResult.Accepted("7"));
        using (var db = SqliteDb.Open(Ledger))
            db.Execute("delete from state");
        LedgerBuilder.Add(Ledger, rows => rows.State(1, MessageStatus.Planned));
        await SendAsync(1, SendResult.Accepted("7"));

        await ReceiveAsync("-|7|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task An_id_that_a_gateway_uses_again_in_another_run_settles_neither()
    {
        Create(ReceiptTrust.Handset);
        await SendAsync(1, SendResult.Accepted("7"));
        var other = Path.Combine(Path.GetDirectoryName(Ledger)!, "other.db");
        File.Copy(SomeRun.Create(Path.Combine(Path.GetDirectoryName(Ledger)!, "2"), 3), other);
        using (var db = SqliteDb.Open(other))
        {
            db.Execute($"""
                update run_info set value = 'other/2025-07-30' where name = 'key';
                update run_info set value = 'bcde3456' where name = 'code'
                """);
        }

        LedgerBuilder.Add(other, rows => rows.State(2, MessageStatus.Accepted).Named(2, "7"));
        Registry.AddRun(
            Registry.FindByCode(SomeRun.Code)! with
            {
                Key = "other/2025-07-30",
                Campaign = "other",
                Code = "bcde3456",
                File = "runs/other.db",
            },
            DateTimeOffset.UnixEpoch);
        foreach (var key in new[] { "some/2025-07-30", "other/2025-07-30" })
            Registry.SetState(RunKey.Parse(key), RunState.Sending, DateTimeOffset.UnixEpoch);

        await ReceiveAsync("-|7|Delivered|X");

        Assert.Equal(MessageStatus.Accepted, StateOf(1));
        Assert.Equal("Ambiguous", OddityOf(1));
    }

    [Fact]
    public async Task Two_lanes_may_use_the_same_ids()
    {
        Create(ReceiptTrust.Handset);
        await SendAsync(1, SendResult.Accepted("7"));
        LedgerBuilder.Add(Ledger, rows => rows.State(2, MessageStatus.Accepted).Named(2, "7", lane: 2));

        await ReceiveAsync("-|7|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal(MessageStatus.Accepted, StateOf(2));
    }
}
