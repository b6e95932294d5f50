using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// What answers to inquiries do to a run's messages. Used on the writer's thread, inside its transaction.
/// </summary>
sealed class InquiryRows(Db db, RunStatements statements, ReceiptRows receipts) : IDisposable
{
    /// <summary>SQL: whether a row of <c>state</c> that is planned again may have been sent all the same.</summary>
    internal static readonly string MayBeSent =
        $"coalesce((select by_kind from resolution where resolution.seq = state.seq order by id desc limit 1), 0) = "
        + $"{(int)Settler.RepeatsDropped}";

    /// <summary>SQL: since when it may have been, as far as is known.</summary>
    internal const string MayBeSentSince =
        "coalesce(state.handed_us, (select intent_us from attempt where attempt.id = state.attempt), state.settled_us)";

    /// <summary>SQL: whether it, or an earlier try of it, may have been before a moment.</summary>
    internal static string MayBeSentBefore(string moment) => $"""
        ({MayBeSentSince} < {moment}
         or exists (select 1 from standing_try
                    where  standing_try.seq = state.seq and {RunStatements.TriedInDoubt} and coalesce(standing_try.handed_us, answered_us) < {moment}))
        """;

    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // What a gateway answered itself is not among it.
    readonly Statement _cutOff = db.Prepare($"""
        select seq
        from   state
        where  status = 2
        and    seq between ?1 and ?2
        and    reason in ({(int)Reason.Interrupted}, {(int)Reason.Stopped})
        and    not exists (select 1 from route where route.seq = state.seq)
        and    not {MayBeSentBefore("?3")}
        """);

    readonly Statement _cutOffMoved = db.Prepare($"""
        select state.seq
        from   route
        join   state on state.seq = route.seq
        where  route.lane = ?1 and status = 2 and state.reason in ({(int)Reason.Interrupted}, {(int)Reason.Stopped})
        and    not {MayBeSentBefore("?2")}
        """);

    readonly Statement _since = db.Prepare("select settled_us from state where seq = ?");
    readonly Statement _times = db.Prepare("select times from inquiry where seq = ?");
    readonly Statement _note = db.Prepare(
        """
        insert into inquiry (seq, times, asked_us, next_us, answer) values (?, ?, ?, ?, ?)
        on conflict (seq) do update
        set times = excluded.times, asked_us = excluded.asked_us, next_us = excluded.next_us, answer = excluded.answer
        """);

    /// <returns>How many messages were put back to planned.</returns>
    public int Apply(InquiryTerms terms, IReadOnlyList<Inquired> answers, long now)
    {
        var again = 0;
        foreach (var (message, answer) in answers)
        {
            var isNew = false;
            if (answer.Receipt is { } receipt)
                isNew = ApplyStatus(terms, message, receipt, now);
            else if (answer.IsNotThere && terms.BelievesAbsence && PutBack(message, now))
                (isNew, again) = (true, again + 1);

            Note(message.Seq, isNew ? 0 : ReadTimes(message.Seq) + 1, terms.AskAgain, now, Words(answer));
        }

        return again;
    }

    /// <summary>Puts back to planned what a crash or a stop cut off, on a lane whose gateway drops repeats.</summary>
    /// <param name="from">Nothing that may have been sent before this moment, microseconds.</param>
    /// <returns>How many messages.</returns>
    public int PutBackCutOff(int lane, IEnumerable<int> carriers, long from, long now) =>
        carriers.SelectMany(carrier => ReadCutOff(carrier, from)).Concat(ReadCutOffMoved(lane, from)).ToList()
            .Count(seq => statements.Resolve(seq, MessageStatus.Planned, Decider.RepeatsDropped, now) is not null);

    public void Dispose()
    {
        _cutOff.Dispose();
        _cutOffMoved.Dispose();
        _since.Dispose();
        _times.Dispose();
        _note.Dispose();
    }

    IEnumerable<long> ReadCutOff(int carrier, long from)
    {
        var (first, last) = MessageSeq.RangeOf(carrier);
        _cutOff.Bind(1, first).Bind(2, last).Bind(3, from);
        while (_cutOff.Step())
            yield return _cutOff.Number(0);
        _cutOff.Reset();
    }

    IEnumerable<long> ReadCutOffMoved(int lane, long from)
    {
        _cutOffMoved.Bind(1, lane).Bind(2, from);
        while (_cutOffMoved.Step())
            yield return _cutOffMoved.Number(0);
        _cutOffMoved.Reset();
    }

    /// <summary>As a receipt: forward only, and no further than the lane's receipts are trusted.</summary>
    bool ApplyStatus(InquiryTerms terms, UnsettledMessage message, DeliveryReceipt receipt, long now)
    {
        if (receipt.CarrierMessageId is { } id && terms.KeepCarrierReference)
            receipts.AddReference(terms.Lane, message.Seq, id);

        var before = statements.ReadStatus(message.Seq);
        receipts.Apply([new MatchedReceipt(0, 0, terms.Lane, new NamedMessage(message.Seq, 0, 0), receipt)], null, now);
        return statements.ReadStatus(message.Seq) != before;
    }

    /// <summary>Only the attempt that was asked about: one made since may be on its way.</summary>
    bool PutBack(UnsettledMessage message, long now)
    {
        _since.Bind(1, message.Seq);
        var same = _since.Step() && _since.Number(0) == message.Since;
        _since.Reset();
        return same && statements.Resolve(message.Seq, MessageStatus.Planned, Decider.Inquiry, now) is not null;
    }

    long ReadTimes(long seq)
    {
        var times = _times.Bind(1, seq).Step() ? _times.Number(0) : 0;
        _times.Reset();
        return times;
    }

    void Note(long seq, long times, TimeSpan askAgain, long now, string answer)
    {
        var wait = askAgain * Math.Pow(2, Math.Min(times, 20));
        var next =
            now + (long)(wait < LongestWait ? wait : askAgain > LongestWait ? askAgain : LongestWait).TotalMicroseconds;
        _note.Bind(1, seq).Bind(2, times).Bind(3, now).Bind(4, next).Bind(5, answer).Run();
    }

    static string Words(QueryAnswer answer) =>
        answer.Receipt is { } receipt ? receipt.Status.ToString() : answer.IsNotThere ? "not there" : answer.Reason!;
}
