namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Counts a ledger's rows on a thread of its own while it is in use, and holds the kept counts to them: two minutes of
/// a whole country would else pass before anything is sent. One at a time in a process, behind everything else.
/// </summary>
sealed class RunAudit : IDisposable
{
    static readonly Lock OneAtATime = new();

    readonly Database _at;
    readonly Thread _thread;
    readonly Lock _lock = new();
    Db? _db;
    volatile bool _isOver;
    volatile object? _wrong; // a Wording; null while nothing was found

    public RunAudit(Database at, string name)
    {
        _at = at;
        _thread = new Thread(Run) { Name = name, IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>What does not add up, without a phone number; null while nothing was found.</summary>
    public Wording? Wrong => (Wording?)_wrong;

    /// <summary>Ends the count where it is, and returns when the file is let go of.</summary>
    public void Dispose()
    {
        while (true)
        {
            lock (_lock)
            {
                _isOver = true;
                if (_db is null)
                    return;
                _db.Interrupt(); // once may be a moment before the next statement begins
            }

            Thread.Yield();
        }
    }

    void Run()
    {
        lock (OneAtATime)
        {
            try
            {
                Count();
            }
            catch (LedgerException unreadable)
            {
                // Ended from outside, or a file that cannot be read: nothing may be sent from that either.
                if (!_isOver)
                    _wrong = new Wording(
                        $"không đếm được các dòng: {unreadable.Words}",
                        $"the rows cannot be counted: {unreadable.Words}");
            }
        }
    }

    void Count()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            _db = _at.Look();
        }

        try
        {
            _db.BeginReading();
            _wrong = BalanceRows.Audit(_db);
        }
        finally
        {
            lock (_lock)
            {
                _db.Dispose();
                _db = null;
            }
        }
    }
}
