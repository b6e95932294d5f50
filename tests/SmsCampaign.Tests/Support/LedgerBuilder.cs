using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Gives the ledger of a run a past: writes the rows that sending writes, as a process before left them. Messages
/// are named by their position, counted from 1; moments are microseconds. Rows that the program never writes are
/// for the test that wants them.
/// </summary>
sealed class LedgerBuilder : IDisposable
{
    readonly SqliteDb _db;

    /// <param name="path">Of a ledger that is there.</param>
    public LedgerBuilder(string path)
    {
        _db = SqliteDb.Open(path);
        _db.Execute("pragma synchronous = off"); // no test cuts the power
    }

    /// <summary>The latest attempt; 0 where there is none.</summary>
    public long Attempted => _db.ReadNumber("select coalesce(max(id), 0) from attempt")!.Value;

    /// <summary>Adds rows and closes the ledger.</summary>
    public static void Add(string path, Action<LedgerBuilder> rows)
    {
        using var builder = new LedgerBuilder(path);
        rows(builder);
    }

    /// <summary>An attempt whose process was killed before it was answered.</summary>
    public LedgerBuilder CutOff(long first, long? last = null, long intent = 1, int calls = 1) =>
        Attempt(first, last, intent: intent, calls: calls);

    /// <param name="last">One message where unset.</param>
    /// <param name="parts">Of all messages together; one each where unset.</param>
    /// <param name="intent">When it was written down.</param>
    /// <param name="handed">When the request was written; null where it never was, or nobody knows.</param>
    /// <param name="isCutOff">Whether an answer was put in by the start after a crash.</param>
    public LedgerBuilder Attempt(
        long first, long? last = null, long? parts = null, int calls = 1, long intent =
            1, long? handed = null, long? answered = null, SendOutcome? outcome = null, bool isCutOff = false)
    {
        using var insert = _db.Prepare("""
            insert into attempt (lane, first_seq, last_seq, parts, calls, intent_us, handed_us, answered_us, outcome, cut_off)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        var end = last ?? first;
        insert
            .Bind(1, SomeRun.LaneId)
            .Bind(2, SomeRun.Seq(first))
            .Bind(3, SomeRun.Seq(end))
            .Bind(4, parts ?? end - first + 1)
            .Bind(5, calls)
            .Bind(6, intent).Bind(7, handed).Bind(8, answered).Bind(9, (long?)outcome).Bind(10, isCutOff ? 1 : 0).Run();
        return this;
    }

    /// <summary>Where a message stands.</summary>
    /// <param name="settled">Since when.</param>
    public LedgerBuilder State(
        long position, MessageStatus status, long settled = 1, long? handed = null, long? attempt = null)
    {
        using var insert = _db.Prepare(
            "insert into state (seq, status, attempt, handed_us, settled_us) values (?, ?, ?, ?, ?)");
        insert
            .Bind(1, SomeRun.Seq(position))
            .Bind(2, (long)status)
            .Bind(3, attempt)
            .Bind(4, handed)
            .Bind(5, settled)
            .Run();
        return this;
    }

    /// <summary>Where every message stands.</summary>
    public LedgerBuilder States(
        MessageStatus status, long settled = 1, long? handed = null, Reason reason = Reason.None)
    {
        using var insert = _db.Prepare(
            "insert into state (seq, status, reason, handed_us, settled_us) select seq, ?, ?, ?, ? from message");
        insert.Bind(1, (long)status).Bind(2, (long)reason).Bind(3, handed).Bind(4, settled).Run();
        return this;
    }

    /// <summary>A try that did not settle its message.</summary>
    public LedgerBuilder Tried(long position, Deferral why, long? handed, long answered, long? attempt = null)
    {
        using var insert = _db.Prepare(
            "insert into tried (seq, attempt, handed_us, answered_us, deferral) values (?, ?, ?, ?, ?)");
        insert
            .Bind(1, SomeRun.Seq(position))
            .Bind(2, attempt ?? Attempted)
            .Bind(3, handed)
            .Bind(4, answered)
            .Bind(5, (long)why)
            .Run();
        return this;
    }

    /// <summary>The gateway's name for a message.</summary>
    public LedgerBuilder Named(long position, string carrierId, int lane = SomeRun.LaneId)
    {
        using var insert = _db.Prepare("insert into carrier_reference (lane, carrier_id, seq) values (?, ?, ?)");
        insert.Bind(1, lane).Bind(2, carrierId).Bind(3, SomeRun.Seq(position)).Run();
        return this;
    }

    /// <summary>A change of the lane's pace, after all that was attempted.</summary>
    public LedgerBuilder Change(LaneChangeKind kind, long from, long? until = null, int rate = 1)
    {
        using var insert = _db.Prepare(
            "insert into hold (lane, kind, from_us, until_us, reason, rate, attempt) values (?, ?, ?, ?, '', ?, ?)");
        insert
            .Bind(1, SomeRun.LaneId)
            .Bind(2, (long)kind)
            .Bind(3, from)
            .Bind(4, until)
            .Bind(5, rate)
            .Bind(6, Attempted)
            .Run();
        return this;
    }

    /// <summary>A process opened the ledger, after all that was attempted.</summary>
    public LedgerBuilder Open(long process, long anchor, long at)
    {
        using var insert = _db.Prepare("""
            insert into opening (process, anchor_us, at_us, first_attempt, first_hold, host, pid)
            values (?, ?, ?, ?, (select coalesce(max(id), 0) + 1 from hold), 'test', 1)
            """);
        insert.Bind(1, process).Bind(2, anchor).Bind(3, at).Bind(4, Attempted + 1).Run();
        return this;
    }

    public void Dispose() => _db.Dispose();
}
