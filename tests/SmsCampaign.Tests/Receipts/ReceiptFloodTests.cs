using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>What one callback can cost that a stranger wrote, and what is said of what is not read of it.</summary>
public sealed class ReceiptFloodTests : ReceiptCase
{
    [Fact]
    public async Task Codes_of_no_run_are_not_looked_for_one_by_one()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        var asked = 0;
        Runs.Asked = () => asked++;

        await ReceiveAsync(string.Join('\n', Enumerable.Range(0, 5_000)
            .Select(at => $"q{at:0000000}-2s|-|Delivered|X")
            .Append($"{SomeRun.Reference(1)}|-|Delivered|X")));

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal(5_000, CountOf("Unknown"));
        // for all the codes, before what may be held and before what is matched, and for the one there is
        Assert.InRange(asked, 1, 3);
    }

    [Fact]
    public async Task A_run_that_begins_later_is_known_by_the_next_callback()
    {
        await Store.AppendAsync("viettel", "q0000001-2s|-|Delivered|X");
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        var settler = Settler();
        await settler.SettleNewAsync(CancellationToken.None);

        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Theory]
    [InlineData("abcd23456-2s")] // longer than a code can be
    [InlineData("ab cd-2s")]
    [InlineData("abcd2345-2s-1")]
    [InlineData("abcd2345")]
    public async Task What_is_no_reference_and_has_no_id_waits_for_nothing(string reference)
    {
        Create(ReceiptTrust.Handset);

        await ReceiveAsync($"{reference}|-|Delivered|X");

        Assert.Equal("Unknown", OddityOf(1));
    }

    [Fact]
    public async Task Of_a_callback_with_more_receipts_than_are_read_it_is_said_how_many_are_not()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        SetState(2, MessageStatus.Accepted);
        var strays = new List<(ReceiptOddity Why, int Count)>();
        var settler = Settler();
        settler.Strays = (_, why, count) => strays.Add((why, count));

        var filler = Enumerable.Repeat($"{SomeRun.Reference(1)}|-|Delivered|X", ReceiptReader.MostItems);
        await Store.AppendAsync("viettel", string.Join(
            '\n', [.. filler, $"{SomeRun.Reference(2)}|-|Delivered|X", $"{SomeRun.Reference(2)}|-|Delivered|X"]));
        await settler.SettleNewAsync(CancellationToken.None);

        Assert.Equal((MessageStatus.Delivered, MessageStatus.Accepted), (StateOf(1), StateOf(2)));
        Assert.Equal((ReceiptOddity.Unreadable, 2), Assert.Single(strays));
        Assert.Equal(
            new OddReceipts(ReceiptOddity.Unreadable, 2, "viettel"),
            Assert.Single(Ledgers.ReceiptsOf(Data).ReadStrays(simulated: false)));
        Assert.Equal("2 receipts beyond the 10000 that are read of one callback", DetailOf("Unreadable"));
        Assert.Equal(1, Raw());
    }

    [Theory]
    [InlineData(200, "Waiting")]
    [InlineData(201, "Unreadable")]
    [InlineData(900_000, "Unreadable")]
    public async Task An_id_longer_than_any_is_not_kept(int length, string oddity)
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);

        await ReceiveAsync($"-|{new string('9', length)}|Delivered|X\n{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal(oddity, OddityOf(1));
        Assert.InRange(DetailOf(oddity)!.Length, 1, 100);
        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task More_ids_than_can_be_on_their_way_do_not_wait()
    {
        Create(ReceiptTrust.Handset);
        var settler = new ReceiptSettler(Store, Runs, Accounts, Clock) { MostWaiting = 3 };

        await Store.AppendAsync(
            "viettel", string.Join('\n', Enumerable.Range(0, 5).Select(at => $"-|never-{at}|Delivered|X")));
        await settler.SettleNewAsync(CancellationToken.None);

        Assert.Equal((3, 2), (CountOf("Waiting"), CountOf("Unknown")));
    }

    long CountOf(string kind)
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadNumber($"select count(*) from oddity where kind = '{kind}'")!.Value;
    }

    string? DetailOf(string kind)
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadText($"select detail from oddity where kind = '{kind}'");
    }
}
