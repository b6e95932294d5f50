using SmsCampaign.Files;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of writing out the ported numbers.</summary>
public abstract record PortedResult
{
    PortedResult()
    {
    }

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<PortedFinding> Findings) : PortedResult;

    /// <summary>It is recorded that somebody asked, and could not be written.</summary>
    public sealed record Unwritable(string File, Exception Why) : PortedResult;

    public sealed record Written(string File, int Numbers) : PortedResult;
}

/// <summary>What speaks against it.</summary>
public abstract record PortedFinding
{
    PortedFinding()
    {
    }

    public sealed record NoName : PortedFinding;

    public sealed record IsThere(string File) : PortedFinding;

    /// <summary>No file may be called so.</summary>
    public sealed record BadName(Wording Why) : PortedFinding;

    public sealed record NoFolder(string File) : PortedFinding;
}

/// <summary>The numbers that gateways said are on another network: shows how many, and writes them in full for
/// whoever answers for it.</summary>
public sealed class PortedDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Looking makes no installation.</summary>
    public IReadOnlyList<LearnedNumber> Read() => (Ledgers.FindRegistry(data)?.Ported.Read() ?? []);

    /// <summary>What speaks against writing them to a file.</summary>
    /// <param name="file">Full path.</param>
    public static IReadOnlyList<PortedFinding> Check(Who who, string file)
    {
        var findings = new List<PortedFinding>();
        if (!who.IsNamed)
            findings.Add(new PortedFinding.NoName());
        if (Path.Exists(file))
            findings.Add(new PortedFinding.IsThere(file));
        if (FileNames.Refuse(Path.GetFileName(file)) is { } reason)
            findings.Add(new PortedFinding.BadName(reason));
        if (!Directory.Exists(Path.GetDirectoryName(file)))
            findings.Add(new PortedFinding.NoFolder(file));
        return findings;
    }

    /// <summary>Records who asks, then writes them in full.</summary>
    /// <param name="file">Full path of one that is not there.</param>
    public PortedResult Write(Who who, string file, IReadOnlyList<LearnedNumber> numbers)
    {
        if (Check(who, file) is { Count: > 0 } findings)
            return new PortedResult.Refused(findings);

        Ledgers.OpenRegistry(data).RecordEvent(who, "ported-unmasked", Path.GetFileName(file), time.GetUtcNow());
        try
        {
            LearnedNumbersFile.Write(file, numbers);
            return new PortedResult.Written(file, numbers.Count);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new PortedResult.Unwritable(file, failure);
        }
    }
}
