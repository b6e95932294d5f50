using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Storage.Rows;

/// <summary>
/// One connection to a <see cref="Database"/>. Used by one thread at a time. What is written in SQL is what SQLite and
/// PostgreSQL both run (<see cref="Sql"/> says how); what they do not have in common has a method of its own here.
/// </summary>
public abstract class Db : IDisposable
{
    /// <summary>How long what another process (status, resolve, a backup) holds is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal abstract Database At { get; }

    /// <summary>By which a person finds it.</summary>
    internal string File => At.Name;

    /// <summary>Whether it may stay open for as long as one likes: it is not read alone, nor on a full disk.</summary>
    internal virtual bool IsOrdinary => true;

    /// <summary>How long another that holds it is waited for.</summary>
    internal abstract TimeSpan Waits { get; }

    /// <summary>Waits so long for another that holds it, instead of <see cref="Patience"/>.</summary>
    internal abstract void WaitFor(TimeSpan patience);

    /// <summary>Says whether a commit is on the disk when it returns, and not only with the system.</summary>
    internal abstract void Flush(bool each);

    /// <summary>For the one connection by which a run is written while it is sent.</summary>
    internal virtual void MakeReadyToSend()
    {
    }

    /// <summary>For reading all of a run, looking up where duplicates stand.</summary>
    internal virtual void MakeReadyToLookUp()
    {
    }

    /// <summary>What whoever writes a run repeats.</summary>
    /// <param name="kept">The kept counts.</param>
    internal virtual RunStatements Statements(TallyRows kept) => new(this, kept);

    /// <summary>Brings the tables that must be there to the newest schema.</summary>
    /// <exception cref="LedgerException">There are none, or they were made by a newer version of the
    /// program.</exception>
    internal abstract void Upgrade(TableSet tables);

    /// <exception cref="LedgerException">The tables were made by a newer version of the program.</exception>
    internal abstract void RefuseNewer(TableSet tables);

    /// <summary>Begins a transaction that writes: no other process writes until it ends.</summary>
    /// <exception cref="LedgerException">Another has held it for too long: <see cref="StorageFault.Busy"/>.</exception>
    internal abstract void Begin();

    /// <summary>Begins a transaction that reads: all of it is as it was at one moment.</summary>
    internal abstract void BeginReading();

    internal abstract void Commit();

    /// <summary>Takes back what the transaction did, where one is still open, and ends what statements were in the
    /// middle of.</summary>
    internal abstract void TakeBack();

    /// <summary>Id of the row that was last inserted without one.</summary>
    internal abstract long LastRowId { get; }

    /// <summary>Rows the last insert, update or delete changed.</summary>
    public abstract int Changes { get; }

    /// <summary>Runs what takes no values; several statements with ';' between.</summary>
    public abstract void Execute(string sql);

    /// <param name="sql">Values stand as ?, or as ?1, ?2 … where one stands twice.</param>
    public abstract Statement Prepare(string sql);

    /// <summary>Whether there is a table, or a view, by that name; with <paramref name="column"/>: that has
    /// it.</summary>
    internal abstract bool Has(string table, string? column = null);

    /// <summary>What could pass for one of some tables, or change what stands in it past the program: triggers, and
    /// views by a table's name.</summary>
    /// <returns>As "trigger NAME", "view NAME"; "table" where one of the tables is not there.</returns>
    internal abstract IReadOnlyList<string> FindDisguises(IReadOnlySet<string> tables);

    /// <summary>Ends the statement another thread is running, which then throws. The only thing another thread may
    /// do.</summary>
    public abstract void Interrupt();

    /// <summary>The last that is done with it before it is closed: leaves as little behind as can be.</summary>
    internal virtual void Tidy()
    {
    }

    /// <summary>The first column of the first row; null where there is none or it is null.</summary>
    public long? ReadNumber(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Number(0) : null;
    }

    public string? ReadText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
