namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The database of the installation's tables, opened anew for each thing that is asked or done: several
/// processes use it, each for a moment.</summary>
interface IRegistryDb
{
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    Db Open();

    /// <summary>As <see cref="Open"/>, for what takes numbers out: nothing of them is left where it was.</summary>
    Db OpenToErase();

    /// <summary>Takes out what is left of numbers that were erased.</summary>
    /// <param name="mayWait">Whether those who write to it can be kept waiting for as long as that takes.</param>
    /// <returns>Why older copies may be left; null where none are.</returns>
    Wording? Rewrite(bool mayWait);

    /// <summary>Keeps it open for <see cref="Look"/> until what is returned is disposed of.</summary>
    IDisposable Watch();

    /// <summary>Looks at it as it is.</summary>
    /// <param name="look">May begin a transaction; it is over when this returns.</param>
    /// <exception cref="LedgerException">It cannot be opened, or what is looked for cannot be read.</exception>
    T Look<T>(Func<Db, T> look);
}
