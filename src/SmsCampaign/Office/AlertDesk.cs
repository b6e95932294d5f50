using SmsCampaign.Alerts;
using SmsCampaign.Installations;
using SmsCampaign.Office.Causes;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of a test of the alerts.</summary>
public abstract record AlertTest
{
    AlertTest()
    {
    }

    /// <summary>The alerts section cannot be used.</summary>
    public sealed record Misread(IReadOnlyList<Problem> Problems) : AlertTest;

    /// <summary>Nobody is named who could be told.</summary>
    public sealed record Nobody : AlertTest;

    /// <param name="Receivers">Each by each channel, with what kept it from being told; null of one that was.</param>
    public sealed record Sent(IReadOnlyList<(Wording Receiver, Wording? Trouble)> Receivers) : AlertTest;
}

/// <summary>Tests the ways in which persons are told.</summary>
public sealed class AlertDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <summary>Tells every receiver that this is a test.</summary>
    public async Task<AlertTest> TestAsync(CancellationToken cancellationToken)
    {
        var (settings, problems) = Installation.ReadAlerts(installationFile);
        if (settings is null)
            return new AlertTest.Misread(problems);
        if (!settings.IsSet)
            return new AlertTest.Nobody();

        var post = new AlertPost(new MemoryAlerts(), settings, AlertPlace.Of(settings, data.Root), time);
        return new AlertTest.Sent(await post.TestAsync(cancellationToken));
    }

    /// <summary>Raises that the audit chain does not hold, or ends it where it does.</summary>
    /// <param name="keyTrouble">Why its key cannot be used; null where it can.</param>
    public static void NoteAudit(
        IRegistry registry, IReadOnlyList<Wording> findings, Wording? keyTrouble, DateTimeOffset now)
    {
        List<Wording> problems = [.. keyTrouble is { } keyless ? [keyless] : Array.Empty<Wording>(), .. findings];
        if (problems.Count > 0)
            registry.Alerts.Raise(InstallationCauses.OfRecord("audit", now, problems), now);
        else
            registry.Alerts.SetOver(AlertKind.RecordDamaged, "audit", now);
    }

    /// <summary>That ledger.db cannot be read or written.</summary>
    public static Alert OfTrouble(Wording trouble, DateTimeOffset since) =>
        InstallationCauses.OfRecord("", since, [trouble]);
}
