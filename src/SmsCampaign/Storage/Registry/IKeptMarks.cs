using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Storage.Registry;

/// <summary>
/// How far the attempts of runs may have come, as the registry keeps it; <see cref="RunMarks"/> holds it together with
/// what is kept outside the data folder.
/// </summary>
interface IKeptMarks
{
    /// <summary>Notes that a run was planned and nothing of it was handed over.</summary>
    void Plan(RunKey key, string code);

    /// <summary>Of a run under whatever code it was planned. None where there is no registry yet.</summary>
    IReadOnlyList<RunMark> Read(RunKey key);

    /// <summary>The keys of the runs of which something may have been handed over. None where there is
    /// no registry yet.</summary>
    IReadOnlyList<string> ReadBegun();

    /// <summary>On disk when it returns.</summary>
    void Write(IReadOnlyCollection<RunMark> marks);

    /// <summary>Whose marks bear this ledger.db out (<see cref="MarksHome"/>); null where none is noted yet.</summary>
    string? ReadHome();

    /// <summary>Notes it. On disk when it returns.</summary>
    void KeepHome(string id);
}
