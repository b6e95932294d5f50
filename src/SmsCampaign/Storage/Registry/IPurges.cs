namespace SmsCampaign.Storage.Registry;

/// <summary>Which numbers were erased, or will be, and by whom.</summary>
public interface IPurges
{
    /// <summary>Every step, in order; those too that the audit chain does not bear out.</summary>
    /// <param name="run">Key of a run; null: of all.</param>
    IReadOnlyList<PurgeStep> Read(string? run = null);

    void Add(PurgeStep taken);

    /// <summary>What is left to be done of runs whose numbers are erased.</summary>
    IReadOnlyList<PurgeLeft> ReadLeft();

    /// <summary>Keeps it, or that nothing is left any more.</summary>
    void KeepLeft(PurgeLeft left);

    /// <summary>Ids of the keys of hashes: one, once a number was erased.</summary>
    IReadOnlyList<string> ReadKeys();

    /// <summary>The last word of a person that the numbers of a run be kept, by ledger.db or the marks outside; null
    /// where there is none, or it was let go.</summary>
    /// <param name="code">Of the run.</param>
    PurgeStep? FindHold(string run, string code);

    /// <summary>Keeps which key it is, here and outside the data folder.</summary>
    void KeepKey(string id, DateTimeOffset now);

    /// <summary>Numbers that are never texted again; the last word on each.</summary>
    IReadOnlyList<ErasedSubject> ReadErased();

    void AddErased(ErasedSubject subject);

    /// <summary>Deletes numbers that gateways said are on another network.</summary>
    /// <param name="are">Whether it is one of them.</param>
    /// <param name="before">Those told until then; null: whenever.</param>
    /// <returns>How many.</returns>
    long ForgetLearned(Func<long, bool> are, DateTimeOffset? before);

    /// <summary>Deletes what is kept of the numbers that carriers' reports list.</summary>
    /// <param name="results"><see cref="KeptResult.Id"/> of each report.</param>
    /// <returns>Of how many there was something.</returns>
    long ForgetListed(IEnumerable<long> results);

    /// <summary>Hashes the sample of a run's recipients once more, so that no number can be found from it.</summary>
    /// <param name="code">Of the run.</param>
    void BlindSample(string code, Messages.NumberKey key);

    /// <summary>Takes out of the file, and of what lies beside it, what is deleted, whenever it was.</summary>
    /// <param name="mayWait">Whether whoever writes to it can be kept waiting while it is written anew.</param>
    /// <returns>Why older copies may be left in its gaps; null where none are.</returns>
    /// <exception cref="LedgerException">Somebody holds it: to be done again.</exception>
    Wording? Compact(bool mayWait);
}
