
namespace SmsCampaign.Storage.Marks;

/// <summary>
/// How far the ids of receipts have come, kept outside their files: where one of these is damaged, lost or older than
/// it was, no id is given a second time. A run takes a receipt with an id it has passed for one that is settled.
/// </summary>
/// <remarks>
/// Written as a run's mark is: for each commit, not waited for, and flushed in steps. Beside it every run's own
/// file says how far it has come, which is all there is where the marks' folder is lost or closed, and for
/// rehearsals. Used by one thread at a time.
/// </remarks>
sealed class ReceiptIds : IDisposable
{
    /// <summary>Ids reserved at a time: some twenty seconds of the fastest receipts.</summary>
    const long Step = 100_000;

    const string Name = "receipts";

    readonly MarkFile? _outside;
    readonly long _applied;
    RunMark _mark;

    ReceiptIds(MarkFile? outside, RunMark mark, long applied) => (_outside, _mark, _applied) = (outside, mark, applied);

    /// <summary>The last id of which it is certain that it was given out.</summary>
    public long Given => Math.Max(_mark.Confirmed, _applied);

    /// <summary>The last that may have been.</summary>
    public long Possible => Math.Max(_mark.LastPossible, _applied);

    public static ReceiptIds Open(DataFolder data, bool simulated)
    {
        var applied = ReadApplied(data, simulated);
        var path = Path.Combine(data.Marks, Name + ".mark");
        if (simulated)
            return new ReceiptIds(null, new RunMark(Name, Name), applied);

        try
        {
            var mark = MarkFile.Read(path)?.Mark ?? new RunMark(Name, Name);
            return new ReceiptIds(new MarkFile(path), mark, applied);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Nothing is sent without the marks' folder, and that is said there; receipts are taken all the same.
            return new ReceiptIds(null, new RunMark(Name, Name), applied);
        }
    }

    /// <summary>Before ids up to one are on disk.</summary>
    public void Reserve(long id)
    {
        if (id > _mark.Reserved)
            Write(_mark with { Reserved = id + Step }, flush: true);
    }

    /// <summary>Those up to one are on disk.</summary>
    public void Reached(long id)
    {
        if (id > _mark.Confirmed)
            Write(_mark with { Confirmed = id, Reserved = Math.Max(id, _mark.Reserved) }, flush: false);
    }

    /// <summary>No more are given out: what is reserved beyond was not used.</summary>
    public void Dispose()
    {
        if (_mark.Reserved > _mark.Confirmed)
            Write(_mark with { Reserved = _mark.Confirmed }, flush: true);
        _outside?.Dispose();
    }

    void Write(RunMark mark, bool flush)
    {
        // Written by this process: nothing was given out since that it does not say.
        _mark = mark with { IsExact = true };
        try
        {
            _outside?.Write(_mark, flush);
        }
        catch (IOException)
        {
            // A receipt is worth more than the mark of its id: the gateway would come again until it gives up.
        }
    }

    /// <summary>The last receipt that any run has come to.</summary>
    static long ReadApplied(DataFolder data, bool simulated) =>
        Ledgers.FindRuns(data, simulated).Select(ReadApplied).DefaultIfEmpty().Max();

    static long ReadApplied(RunAddress run)
    {
        try
        {
            return Ledgers.RunAt(run).ReadLastReceipt();
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // a damaged file can break whatever reads it, and is told of by others
            return 0;
        }
    }
}
