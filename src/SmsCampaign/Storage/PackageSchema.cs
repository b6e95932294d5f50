using System.Data.Common;

namespace SmsCampaign.Storage;

/// <summary>
/// A schema beside those of the ledgers, in which a package keeps tables of its own: the web pages those of their
/// users, the scheduler those of its triggers.
/// </summary>
/// <remarks>Its connections are its own, and few: however much is asked of the pages, who sends has his.</remarks>
public abstract class PackageSchema : IDisposable
{
    public abstract string Name { get; }

    /// <summary>As it stands in SQL.</summary>
    public abstract string Quoted { get; }

    /// <summary>Where it is, for a person; without who signs in.</summary>
    public abstract string Place { get; }

    public abstract DbDataSource Source { get; }

    /// <summary>Makes the schema where there is none.</summary>
    /// <exception cref="LedgerException">It cannot be.</exception>
    public abstract void Make();

    /// <summary>Makes the tables where none are. Of several processes that do so at once one makes them, whole or not
    /// at all; the others wait, and find them.</summary>
    /// <param name="script">What makes them; asked for where they are to be made.</param>
    /// <exception cref="LedgerException">They cannot be.</exception>
    public abstract Task MakeTablesAsync(Func<string> script);

    /// <summary>Waits until nobody on any machine is at the same: until the transaction ends nobody comes to
    /// be.</summary>
    /// <param name="transaction">On a connection of <see cref="Source"/>.</param>
    public abstract Task TakeTurnAsync(DbTransaction transaction, string what);

    public void Dispose()
    {
        Source.Dispose();
        GC.SuppressFinalize(this);
    }
}
