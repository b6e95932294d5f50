using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>Receipts of single parts become one status of the message.</summary>
public sealed class PartReceiptTests : ReceiptCase
{
    [Theory]
    [InlineData("Delivered 1, Delivered 2, Delivered 3", MessageStatus.Delivered, null)]
    [InlineData("Delivered 3, Delivered 1, Delivered 2", MessageStatus.Delivered, null)]
    [InlineData("Delivered 1, Delivered 2", MessageStatus.Accepted, null)] // of the third nobody spoke
    [InlineData("Delivered 1, Delivered 1, Delivered 1", MessageStatus.Accepted, "Repeated")]
    [InlineData("Sent 1, Delivered 2, Delivered 3", MessageStatus.Sent, null)]
    [InlineData("Sent 1, Delivered 2, Delivered 3, Delivered 1", MessageStatus.Delivered, null)]
    [InlineData("Delivered 1, Sent 1, Delivered 2, Delivered 3", MessageStatus.Delivered, "Outdated")]
    [InlineData("Delivered 1, Failed 2", MessageStatus.Failed, null)]
    [InlineData("Failed 2, Delivered 1, Delivered 3", MessageStatus.Failed, null)]
    [InlineData("Failed 2, Failed 2", MessageStatus.Failed, "Repeated")]
    [InlineData("Failed 2, Delivered 2", MessageStatus.Failed, "Contradicting")]
    // the first final word of a part stays
    [InlineData("Delivered 1, Failed 1", MessageStatus.Accepted, "Contradicting")]
    [InlineData("Delivered 1, Delivered 2, Delivered 3, Delivered 2", MessageStatus.Delivered, "Repeated")]
    [InlineData("Delivered 1, Delivered 2, Delivered 3, Failed 2", MessageStatus.Delivered, "Contradicting")]
    // the gateway made more of it
    [InlineData("Delivered 1/4, Delivered 2/4, Delivered 3/4", MessageStatus.Accepted, null)]
    [InlineData("Delivered 1/2, Delivered 2/2", MessageStatus.Accepted, null)] // and fewer: one is missing by our count
    [InlineData("Delivered 1, Delivered 2, Delivered 4, Delivered 3", MessageStatus.Delivered, null)]
    public async Task A_message_of_three_parts_is_delivered_with_all_and_failed_with_any(
        string receipts, MessageStatus expected, string? oddity)
    {
        Create(ReceiptTrust.Handset, parts: 3);
        SetState(1, MessageStatus.Accepted);

        foreach (var receipt in receipts.Split(", "))
            await ReceivePartAsync(receipt);

        Assert.Equal(expected, StateOf(1));
        Assert.Equal(oddity, Oddity());
    }

    [Theory]
    [InlineData("Delivered 1, Delivered 2, Delivered 3")]
    [InlineData("Delivered 2, Failed 3")]
    public async Task It_is_the_same_where_all_come_together(string receipts)
    {
        Create(ReceiptTrust.Handset, parts: 3);
        SetState(1, MessageStatus.Accepted);

        await ReceiveAsync(string.Join('\n', receipts.Split(", ").Select(Line)));

        Assert.Equal(
            receipts.Contains("Failed", StringComparison.Ordinal) ? MessageStatus.Failed : MessageStatus.Delivered,
            StateOf(1));
        Assert.Null(Oddity());
    }

    [Theory]
    [InlineData(ReceiptTrust.Network, MessageStatus.Sent)]
    [InlineData(ReceiptTrust.Gateway, MessageStatus.Accepted)]
    public async Task Parts_say_no_more_than_their_lane_is_trusted_for_and_are_forgotten_when_all_have_spoken(
        ReceiptTrust trust,
        MessageStatus expected)
    {
        Create(trust, parts: 2);
        SetState(1, MessageStatus.Accepted);

        await ReceivePartAsync("Delivered 1");
        await ReceivePartAsync("Delivered 2");
        await ReceivePartAsync("Delivered 2");

        Assert.Equal(expected, StateOf(1));
        Assert.Equal(0, PartRows());
    }

    [Fact]
    public async Task A_part_tells_that_the_gateway_has_an_uncertain_message()
    {
        Create(ReceiptTrust.Handset, parts: 2);
        SetState(1, MessageStatus.Uncertain);

        await ReceivePartAsync("Delivered 1");

        Assert.Equal(MessageStatus.Accepted, StateOf(1));
    }

    [Fact]
    public async Task The_report_says_how_many_messages_lack_receipts_of_some_parts()
    {
        Create(ReceiptTrust.Handset, parts: 2);
        SetStates(MessageStatus.Accepted);
        var folder = Path.Combine(Data.Root, "report");

        await ReceivePartAsync("Delivered 1");
        var halfway = RunReport.Write(RunAddress.OfFile(Ledger), folder, new ReportOptions(Language.English));
        var said = File.ReadAllText(Path.Combine(folder, "tong-hop.csv"));
        await ReceivePartAsync("Delivered 2");
        var whole = RunReport.Write(RunAddress.OfFile(Ledger), folder, new ReportOptions(Language.English));

        Assert.Equal((1, 0), (halfway.PartsMissing, whole.PartsMissing));
        Assert.Contains("Messages that lack receipts of some parts", said, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "lack receipts", File.ReadAllText(Path.Combine(folder, "tong-hop.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_that_come_before_the_answer_stand()
    {
        Create(ReceiptTrust.Handset, parts: 2);
        var ledger = Runs.FindByCode(SomeRun.Code)!;
        var call = Call(1);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;

        await ReceivePartAsync("Delivered 1");
        await ReceivePartAsync("Delivered 2");
        await ledger.FinishAsync(
            [new SmsCampaign.Storage.Run.CallResult(call, attempt, 0, Clock.Now(), [SendResult.Accepted("id-1")])]);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal(1, ledger.Counters.Of(MessageStatus.Delivered));
        Assert.Equal(0, PartRows());
    }

    [Fact]
    public async Task Parts_of_a_message_never_tried_change_nothing()
    {
        Create(ReceiptTrust.Handset, parts: 2);

        await ReceivePartAsync("Delivered 1");

        Assert.Null(StateOf(1));
        Assert.Equal("Unexpected", Oddity());
        Assert.Equal(0, PartRows());
    }

    [Fact]
    public async Task Of_a_message_of_one_part_the_part_is_the_message()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);

        await ReceivePartAsync("Delivered 1");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("our own")] // beside the id, which alone tells the part
    public async Task Where_each_part_has_an_id_the_id_tells_the_part(string reference)
    {
        Create(ReceiptTrust.Handset, parts: 2, partsHaveOwnIds: true);
        await SendAsync(1, SendResult.Accepted("a,b", ["a", "b"]));
        var ours = reference == "-" ? reference : SomeRun.Reference(1);

        await ReceiveAsync($"{ours}|b|Delivered|X");
        Assert.Equal(MessageStatus.Accepted, StateOf(1));
        await ReceiveAsync($"{ours}|a|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task More_ids_than_parts_were_planned_are_all_waited_for()
    {
        Create(ReceiptTrust.Handset, parts: 2, partsHaveOwnIds: true);
        await SendAsync(1, SendResult.Accepted("a,b,c", ["a", "b", "c"]));

        await ReceiveAsync("-|a|Delivered|X\n-|b|Delivered|X");

        Assert.Equal(MessageStatus.Accepted, StateOf(1));
    }

    Task ReceivePartAsync(string receipt) => ReceiveAsync(Line(receipt));

    /// <summary>From "Delivered 1/3".</summary>
    static string Line(string receipt) => receipt.Split(' ') switch
    {
        [var status, var part] => $"{SomeRun.Reference(1)}|-|{status}|X|{part}",
        _ => throw new ArgumentException(receipt, nameof(receipt)),
    };

    string? Oddity()
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadText("select kind from oddity order by receipt desc, item desc");
    }

    long PartRows()
    {
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        return db.ReadNumber("select count(*) from part_receipt")!.Value;
    }
}
