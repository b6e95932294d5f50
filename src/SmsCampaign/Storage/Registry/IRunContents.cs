namespace SmsCampaign.Storage.Registry;

/// <summary>
/// What runs say to whom: so that a copy of a campaign under another id is known for one, also when
/// the run's own ledger is gone.
/// </summary>
public interface IRunContents
{
    /// <summary>Of the samples: of this installation alone.</summary>
    long ReadKey();

    /// <param name="code">Of the run.</param>
    void Keep(string code, IReadOnlyCollection<RunContent> contents);

    IReadOnlyList<RunContent> Read(string code);
}
