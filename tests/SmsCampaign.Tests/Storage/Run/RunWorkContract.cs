using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>What all that reads of a run's ledger what is still to do must do, whatever it is kept in: what is to be
/// sent, what gateways are to be asked about, and what persons are to settle.</summary>
public abstract class RunWorkContract : IDisposable
{
    const int FirstLane = RunStorage.FirstLane;
    const int SecondLane = RunStorage.SecondLane;

    static readonly SendResult NoAnswer = SendResult.Uncertain(Reason.NoAnswer, "no answer");

    readonly RunStorage _run;

    private protected RunWorkContract(RunStorage run)
    {
        _run = run;
        _run.Create();
    }

    public void Dispose()
    {
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_planned_is_read_lane_by_lane_and_batch_by_batch_in_sending_order()
    {
        await using var ledger = _run.Open();
        using var reader = ledger.ReadPlanned();

        var first = reader.NextBatch(FirstLane, after: 0)!;
        var second = reader.NextBatch(FirstLane, first.Id)!;

        Assert.Null(reader.NextBatch(FirstLane, second.Id));
        Assert.Equal((1, 1, 2, 2), (first.Segment, first.Parts, second.Segment, second.Parts));
        Assert.Equal([1, 2, 3, 4, 5], new[] { first, second }
            .SelectMany(batch => reader.Read(batch, batch.FirstSeq, 10))
            .Select(message => (int)(message.Seq - Seq(0))));
        var other = reader.NextBatch(SecondLane, after: 0)!;
        Assert.Equal(
            [
                new PlannedMessage(OnSecond(1), RunStorage.NumberOnSecond(1)),
                new PlannedMessage(OnSecond(2), RunStorage.NumberOnSecond(2)),
            ],
            reader.Read(other, other.FirstSeq, 10));
    }

    [Fact]
    public async Task What_is_planned_is_read_on_from_where_one_was_and_without_what_is_settled()
    {
        await using var ledger = _run.Open();
        using var reader = ledger.ReadPlanned();
        var batch = reader.NextBatch(FirstLane, after: 0)!;
        Assert.Equal([Seq(1), Seq(2)], Read(Seq(1), 2));
        Assert.Equal([Seq(3)], Read(Seq(3), 2));
        Assert.False(reader.IsSettled(Seq(2)));

        await _run.SendAsync(ledger, 2, SendResult.Accepted("a"));

        Assert.True(reader.IsSettled(Seq(2)));
        Assert.Equal([Seq(1), Seq(3)], Read(Seq(1), 2));

        IEnumerable<long> Read(long from, int most) => reader.Read(batch, from, most).Select(message => message.Seq);
    }

    [Fact]
    public async Task What_is_on_its_way_is_planned_to_its_own_process_and_not_to_the_next()
    {
        await using (var ledger = _run.Open())
        {
            await RunStorage.BeginAsync(ledger, RunStorage.Call(1));
            Assert.Equal([Seq(1), Seq(2), Seq(3)], ReadFirstBatch(ledger));
        }

        await using var next = _run.Open();
        Assert.Equal([Seq(2), Seq(3)], ReadFirstBatch(next));
    }

    [Fact]
    public async Task What_was_put_back_is_read_from_a_key_on_until_it_is_under_an_intent_again()
    {
        await using var ledger = _run.Open();
        foreach (var position in new[] { 1, 2, 4 })
            await _run.SendAsync(ledger, position, NoAnswer);
        using var reader = ledger.ReadPlanned();
        var before = reader.ReadLastResolution();

        Assert.Equal(3, await SettleAsync(MessageStatus.Planned, Seq(1), Seq(2), Seq(4)));

        Assert.True(reader.ReadLastResolution() > before);
        Assert.Equal([Seq(1), Seq(2)], ReadPutBack(after: 0, most: 2));
        Assert.Equal([Seq(4)], ReadPutBack(after: Seq(2), most: 2));
        Assert.Equal(2, reader.ReadPutBack(FirstLane, Seq(2), 2)[0].Batch.Parts);
        Assert.Empty(reader.ReadPutBack(SecondLane, 0, 10));
        await RunStorage.BeginAsync(ledger, RunStorage.Call(2));
        Assert.Equal([Seq(1), Seq(4)], ReadPutBack(after: 0, most: 10));

        IEnumerable<long> ReadPutBack(long after, int most) =>
            reader.ReadPutBack(FirstLane, after, most).Select(each => each.Message.Seq);
    }

    [Fact]
    public async Task A_person_called_as_the_programs_own_doing_is_a_person()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, NoAnswer);
        var program = Decider.RepeatsDropped;

        Assert.Equal(1, await _run.SettleAsync(MessageStatus.Planned, program.Who, program.Grounds, null, Seq(1)));

        using var reader = ledger.ReadPlanned();
        Assert.Null(Assert.Single(reader.ReadPutBack(FirstLane, after: 0, 10)).MayBeSentSince);
        Assert.Equal(7, await ledger.LeaveAsync(Reason.WindowClosed));
    }

    [Fact]
    public async Task What_was_moved_is_read_in_the_order_it_was_and_on_from_a_place()
    {
        await using var ledger = _run.Open();
        await ledger.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [2] = 3 }, "stopped");
        _run.Time.Advance(TimeSpan.FromSeconds(1));
        await ledger.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [1] = 1 }, "stopped");
        using var reader = ledger.ReadPlanned();

        var moved = reader.ReadMoved(SecondLane, default, 3);

        Assert.Equal([Seq(4), Seq(5), Seq(1)], moved.Select(each => each.Message.Seq));
        Assert.Equal([3, 3, 1], moved.Select(each => each.Batch.Parts));
        Assert.Equal(
            [Seq(2), Seq(3)], reader.ReadMoved(SecondLane, moved[2].Place, 3).Select(each => each.Message.Seq));
        Assert.Empty(reader.ReadMoved(FirstLane, default, 3));
        Assert.Empty(ReadFirstBatch(ledger));
    }

    [Fact]
    public async Task What_is_unsettled_is_read_by_its_age_and_by_what_it_can_be_asked_about()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, NoAnswer);
        await _run.SendAsync(ledger, 2, SendResult.Accepted("a"));
        var old = _run.Clock.Now();
        _run.Time.Advance(TimeSpan.FromSeconds(1));
        await _run.SendAsync(ledger, 3, NoAnswer);
        await _run.SendAsync(ledger, 4, SendResult.Accepted(null));
        await _run.SendAsync(ledger, 5, SendResult.Accepted("b"));
        await ledger.ApplyAsync([RunStorage.Receipt(5, MessageStatus.Sent)], new ReceiptMark(1, null));
        using var reader = ledger.ReadUnsettled();

        Assert.Equal([Seq(1)], Keys(reader.ReadUncertain(1, old, long.MaxValue, true, 10)));
        Assert.Equal([Seq(1), Seq(3)], Keys(reader.ReadUncertain(1, long.MaxValue, long.MaxValue, true, 10)));
        Assert.Equal([Seq(1)], Keys(reader.ReadUncertain(1, long.MaxValue, long.MaxValue, true, 1)));
        Assert.Empty(reader.ReadUncertain(1, long.MaxValue, long.MaxValue, false, 10));
        Assert.Empty(reader.ReadUncertain(2, long.MaxValue, long.MaxValue, true, 10));

        Assert.Equal([Seq(2)], Keys(ReadTaken(before: old)));
        Assert.Equal([Seq(2), Seq(4)], Keys(ReadTaken()));
        Assert.Equal([Seq(4)], Keys(ReadTaken(from: Seq(3))));
        Assert.Equal([Seq(2)], Keys(ReadTaken(byReference: false)));
        Assert.Equal([Seq(2), Seq(4), Seq(5)], Keys(ReadTaken(sentToo: true)));
        Assert.Equal(("a", old), ReadTaken()[0] is var taken ? (taken.CarrierId, taken.Call!.HandedAt) : default);

        List<UnsettledMessage> ReadTaken(
            long from = 0, bool sentToo = false, long before = long.MaxValue, bool byReference = true) =>
            reader.ReadTaken(1, from, sentToo, before, long.MaxValue, byReference, 10);
    }

    [Fact]
    public async Task What_a_lane_sent_in_place_of_another_is_asked_about_on_the_lane_that_sent_it()
    {
        await using var ledger = _run.Open();
        await ledger.MoveAsync(FirstLane, SecondLane, new Dictionary<int, int> { [1] = 1, [2] = 3 }, "stopped");
        await SendMovedAsync(1, NoAnswer);
        await SendMovedAsync(2, SendResult.Accepted("a"));
        await SendMovedAsync(3, SendResult.Accepted(null));
        await _run.SendAsync(ledger, 1, NoAnswer, lane: SecondLane); // its own, which others are read by
        using var reader = ledger.ReadUnsettled();

        Assert.Equal([Seq(1), Seq(2), Seq(3)], Keys(ReadMoved(takenBefore: long.MaxValue)));
        Assert.Equal([Seq(1)], Keys(ReadMoved(takenBefore: null)));
        Assert.Equal([Seq(2)], Keys(ReadMoved(takenBefore: long.MaxValue, byReference: false)));
        Assert.Equal([Seq(1), Seq(2)], Keys(ReadMoved(takenBefore: long.MaxValue, most: 2)));
        Assert.Empty(ReadMoved(takenBefore: long.MinValue, uncertainBefore: long.MinValue));
        Assert.Empty(ReadMoved(takenBefore: long.MaxValue, lane: FirstLane));
        Assert.Empty(reader.ReadUncertain(1, long.MaxValue, long.MaxValue, true, 10));
        Assert.Empty(reader.ReadTaken(1, 0, true, long.MaxValue, long.MaxValue, true, 10));

        async Task SendMovedAsync(int position, SendResult result)
        {
            using var planned = ledger.ReadPlanned();
            var moved = planned.ReadMoved(SecondLane, default, 10).Find(each => each.Message.Seq == Seq(position));
            var call = new PlannedCall(SecondLane, moved.Batch, [moved.Message], KeepCarrierReference: true);
            await ledger.FinishAsync([new CallResult(
                call, await RunStorage.BeginAsync(ledger, call), 0, _run.Clock.Now(), [result])]);
        }

        List<UnsettledMessage> ReadMoved(
            long? takenBefore,
            long uncertainBefore = long.MaxValue,
            int lane = SecondLane,
            bool byReference = true,
            int most = 10) =>
            reader.ReadMoved(lane, uncertainBefore, takenBefore, sentToo: false, long.MaxValue, byReference, most);
    }

    [Fact]
    public async Task What_was_asked_about_is_not_due_before_its_time()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, NoAnswer);
        using var reader = ledger.ReadUnsettled();
        var asked = Assert.Single(Due());

        await ledger.ApplyAsync(
            new InquiryTerms(FirstLane, BelievesAbsence: false, KeepCarrierReference: true, TimeSpan.FromMinutes(1)),
            [new Inquired(asked, QueryAnswer.CannotSay("HTTP 503"))]);

        Assert.Empty(Due());
        _run.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([Seq(1)], Keys(Due()));

        List<UnsettledMessage> Due() => reader.ReadUncertain(1, long.MaxValue, _run.Clock.Now(), true, 10);
    }

    [Fact]
    public async Task What_is_uncertain_is_listed_in_sending_order_and_found_by_its_reference()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, NoAnswer, lane: SecondLane);
        await _run.SendAsync(ledger, 3, NoAnswer);
        await _run.SendAsync(ledger, 1, SendResult.UnknownCode("77"));
        await _run.SendAsync(ledger, 2, SendResult.Accepted("a"));

        using var resolutions = _run.Kept.Resolve();
        var listed = resolutions.Read().ToList();

        Assert.Equal([Seq(1), Seq(3), OnSecond(1)], listed.Select(each => each.Seq));
        var now = _run.Clock.Now();
        Assert.Equal(
            new UncertainMessage(
                Seq(1), SomeRun.Reference(1), new PhoneNumber(SomeRun.Number(1)), "Viettel", "viettel", now,
                Reason.UnknownCode, "code 77", now),
            listed[0]);
        Assert.Equal(Seq(2), resolutions.Find(SomeRun.Reference(2)));
        Assert.Null(resolutions.Find(SomeRun.Reference(77)));
    }

    [Fact]
    public async Task What_is_only_listed_is_told_as_it_is_to_who_settles_and_nothing_is_settled_by_it()
    {
        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 3, NoAnswer);
        await _run.SendAsync(ledger, 1, SendResult.UnknownCode("77"));

        using var listed = _run.Kept.ListUncertain();

        using (var resolutions = _run.Kept.Resolve())
            Assert.Equal(resolutions.Read().ToList(), listed.Read());
        Assert.Equal(Seq(3), listed.Find(SomeRun.Reference(3)));
        await Assert.ThrowsAsync<LedgerException>(() => listed.SettleAllAsync(
            [Seq(1)],
            MessageStatus.Delivered,
            Who.Here("Nguyễn Văn A"),
            "đối soát",
            _run.Clock,
            () => Task.FromResult(true)));
        Assert.Equal(2, listed.Read().Count());
        Assert.Empty(_run.Kept.ReadPersons());
    }

    [Fact]
    public async Task What_persons_settle_is_counted_witnessed_and_told_and_the_rest_is_left_as_it_is()
    {
        await using var ledger = _run.Open();
        foreach (var position in new[] { 1, 3 })
            await _run.SendAsync(ledger, position, NoAnswer);
        await _run.SendAsync(ledger, 2, SendResult.Accepted("a"));
        List<PersonsResolution> witnessed = [];

        Assert.Equal(2, await _run.SettleAsync(
            MessageStatus.Delivered, "Nguyễn Văn A", "đối soát", witnessed.Add, Seq(3), Seq(2), Seq(1), Seq(4)));
        Assert.Equal(0, await _run.SettleAsync(
            MessageStatus.Planned, "Nguyễn Văn A", "đối soát", witnessed.Add, Seq(1)));

        var told = Assert.Single(_run.Kept.ReadPersons());
        Assert.Equal((2, "Nguyễn Văn A", MessageStatus.Delivered), (told.Messages, told.Who, told.To));
        Assert.Equal([told], witnessed);
        await ledger.NoticeResolutionsAsync();
        Assert.Equal((2, 0), (
            ledger.Counters.Of(MessageStatus.Delivered), ledger.Counters.Of(MessageStatus.Uncertain)));
        await ledger.CheckBalanceAsync();
    }

    Task<int> SettleAsync(MessageStatus status, params long[] messages) =>
        _run.SettleAsync(status, "Nguyễn Văn A", "đối soát", null, messages);

    static long Seq(int position) => RunStorage.Seq(position);

    static long OnSecond(int position) => RunStorage.OnSecond(position);

    static IEnumerable<long> Keys(IEnumerable<UnsettledMessage> messages) => messages.Select(message => message.Seq);

    static List<long> ReadFirstBatch(IRunLedger ledger)
    {
        using var reader = ledger.ReadPlanned();
        var batch = reader.NextBatch(FirstLane, after: 0)!;
        return [.. reader.Read(batch, batch.FirstSeq, 10).Select(message => message.Seq)];
    }
}
