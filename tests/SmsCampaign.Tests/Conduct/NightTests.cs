using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// A run over two evenings with the night between, by five processes one after the other over the same data folder, at
/// gateways that lose answers, while a person settles what was uncertain. Two lanes of a message a second: of the one
/// what may have been sent is never sent again, the gateway of the other drops repeats, till midnight.
/// </summary>
[Trait("Category", "Slow")]
public sealed class NightTests : IDisposable
{
    const int Each = 110;
    static readonly RunKey Key = DayCase.Key;

    readonly DayCase _day = new("30 19:02:00", Each, "19:00", "19:04", vinaphoneDropsRepeats: true);
    long _notTaken;
    long _saidDelivered;

    public NightTests() => (_day.OfViettel, _day.OfVinaphone) = (AnswerOfViettel, AnswerOfVinaphone);

    public void Dispose() => _day.Dispose();

    [Fact]
    public async Task A_run_over_two_evenings_reaches_each_phone_once_whatever_stops_it_and_whoever_decides_meanwhile()
    {
        _day.Approve();

        Assert.Null(await _day.ConductAsync()); // stopped at viettel's 14th
        await ResumeAt("30 19:02:50");
        var beforeNight = Read();
        await ResumeAt("30 23:00:00");
        Assert.Equal(beforeNight, Read());
        Assert.Equal(DateOnly.FromDateTime(DayCase.Local("30 19:00:00").UtcDateTime), _day.Viettel.Arrived[^1].Day);

        _day.AdvanceTo("31 19:00:00");
        Assert.Null(await _day.ConductAsync()); // stopped at vinaphone's fourth of the second day
        Assert.Null(await _day.ConductAsync());

        Assert.Equal("late resumed closed resumed resumed finished", _day.Decided);
        JudgeOnce(beforeNight);
        JudgeWindows();
        Assert.True(RunStatus.Read(RunAddress.OfFile(_day.Folder.Ledger())).Balances);
        Assert.Equal(RunState.Finished, _day.Registry.Find(Key)!.State);
        Assert.Contains("reported", _day.Told.Words);

        async Task ResumeAt(string moment)
        {
            _day.AdvanceTo(moment);
            Assert.Equal(DayCase.Local("31 19:00:00"), await _day.ConductAsync());
        }
    }

    /// <summary>Each phone at most once, and what the ledger says of it is so; what may have been sent on the first
    /// evening stays as it was.</summary>
    void JudgeOnce(Dictionary<long, (long Phone, MessageStatus Status)> beforeNight)
    {
        var after = Read();
        var received = _day.Viettel.Received.Concat(_day.Vinaphone.Received).ToDictionary();
        Assert.All(received.Values, times => Assert.Equal(1, times));
        Assert.All(after.Values, message => Assert.True(
            message.Status switch
            {
                MessageStatus.Accepted or MessageStatus.Delivered => received.ContainsKey(message.Phone),
                MessageStatus.Uncertain => true,
                _ => false,
            },
            $"{message}"));

        var maybe = beforeNight
            .Where(message => message.Value.Status == MessageStatus.Uncertain)
            .Select(message => message.Key)
            .ToList();
        // of those lost just before closing
        Assert.Contains(maybe, seq => MessageSeq.CarrierOf(seq) != MessageSeq.CarrierOf(_notTaken));
        Assert.All(maybe, seq => Assert.Equal(MessageStatus.Uncertain, after[seq].Status));
        var secondDay = _day.Viettel.Arrived
            .Concat(_day.Vinaphone.Arrived)
            .Where(arrival => arrival.Day > Key.Date)
            .Select(arrival => arrival.Seq)
            .ToHashSet();
        Assert.NotEmpty(secondDay);
        Assert.DoesNotContain(maybe, secondDay.Contains);

        // As the person said: the one goes again and arrives, the other does not.
        Assert.Equal(
            (MessageStatus.Accepted, 2),
            (after[_notTaken].Status, _day.Viettel.Arrived.Count(arrival => arrival.Seq == _notTaken)));
        Assert.Equal(
            (MessageStatus.Delivered, 1),
            (after[_saidDelivered].Status, _day.Viettel.Arrived.Count(arrival => arrival.Seq == _saidDelivered)));
    }

    /// <summary>By the hand-overs in the ledger.</summary>
    void JudgeWindows()
    {
        var moments = _day.ReadHandOvers();

        Assert.All(moments, at => Assert.True(
            (at >= DayCase.Local("30 19:00:00") && at < DayCase.Local("30 19:04:00").AddMilliseconds(2))
                || (at >= DayCase.Local("31 19:00:00") && at < DayCase.Local("31 19:04:00").AddMilliseconds(2)),
            $"{at}"));
        Assert.Equal(2, moments.Select(at => at.Date).Distinct().Count());
    }

    NightAnswer AnswerOfViettel(int arrival, OutboundSms message)
    {
        switch (arrival)
        {
            case 3:
                return NightAnswer.Broken(taken: true);
            case 5:
                _notTaken = NightGateway.SeqOf(message);
                return NightAnswer.Broken(taken: false);
            case 7:
                _saidDelivered = NightGateway.SeqOf(message);
                return NightAnswer.Broken(taken: true);
            case 9:
                return new NightAnswer(false, SendResult.Busy("HTTP 503"));
            case 12:
                return new NightAnswer(true, null);
            case 14:
                _day.Stop();
                return NightAnswer.Accepted;
            case 25: // while the second process sends
                Decide(_notTaken, MessageStatus.Planned);
                Decide(_saidDelivered, MessageStatus.Delivered);
                return NightAnswer.Accepted;
            default:
                return NightAnswer.Accepted;
        }
    }

    NightAnswer AnswerOfVinaphone(int arrival, OutboundSms message)
    {
        if (arrival == 12)
            return new NightAnswer(true, null);
        if (_day.Vinaphone.Arrived[^1].Day == Key.Date)
        {
            return _day.Time.GetUtcNow() >= DayCase.Local("30 19:03:56")
                ? NightAnswer.LostThoughTaken
                : NightAnswer.Accepted;
        }
        if (_day.Vinaphone.Arrived.Count(each => each.Day > Key.Date) == 4)
            _day.Stop();
        return NightAnswer.Accepted;
    }

    void Decide(long seq, MessageStatus to)
    {
        using var resolutions = new RunResolutions(_day.Folder.Ledger());
        Assert.Equal(1, resolutions.Settle(
            [seq], to, "Nguyễn Văn B", "the carrier says so", ProcessClock.ToMicros(_day.Time.GetUtcNow())));
    }

    Dictionary<long, (long Phone, MessageStatus Status)> Read()
    {
        using var db = SqliteDb.Open(_day.Folder.Ledger(), readOnly: true);
        using var rows = db.Prepare(
            "select message.seq, number, coalesce(status, 0) from message left join state on state.seq = message.seq");
        var found = new Dictionary<long, (long, MessageStatus)>();
        while (rows.Step())
            found[rows.Number(0)] = (rows.Number(1), (MessageStatus)rows.Number(2));
        return found;
    }
}
