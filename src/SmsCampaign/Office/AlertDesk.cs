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

    /// <param name="Receivers">Each by each channel.</param>
    /// <param name="Unrecorded">What kept it from being recorded; null where it stands in the record.</param>
    public sealed record Sent(IReadOnlyList<TestDelivery> Receivers, Wording? Unrecorded) : AlertTest;
}

/// <summary>Tests the ways in which persons are told.</summary>
public sealed class AlertDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <summary>What an alert about the audit chain is about. Stored: never rename.</summary>
    const string Audit = "audit";

    /// <summary>What an alert about the web pages' own file is about. Stored: never rename.</summary>
    const string Pages = "pages";

    /// <summary>Tells every receiver that this is a test, and records who did so and what came of each.</summary>
    public async Task<AlertTest> TestAsync(Who who, CancellationToken cancellationToken)
    {
        var (settings, problems) = Installation.ReadAlerts(installationFile);
        if (settings is null)
            return new AlertTest.Misread(problems);
        if (!settings.IsSet)
            return new AlertTest.Nobody();

        var post = new AlertPost(new MemoryAlerts(), settings, AlertPlace.Of(settings, data.Root), time);
        var deliveries = await post.TestAsync(cancellationToken);
        return new AlertTest.Sent(deliveries, Record(who, deliveries));
    }

    /// <summary>Where there is no ledger.db, as on a machine that only watches, there is no record.</summary>
    Wording? Record(Who who, IReadOnlyList<TestDelivery> deliveries)
    {
        try
        {
            if (Ledgers.FindRegistry(data) is { } registry)
            {
                foreach (var delivery in deliveries)
                    AlertTrial.Record(registry, who.OrAccount, delivery, time.GetUtcNow());
            }

            return null;
        }
        catch (Exception cannot) when (cannot is LedgerException || StorageFaults.Describe(cannot, data) is not null)
        {
            return StorageFaults.Describe(cannot, data) ?? FaultWords.Of(cannot);
        }
    }

    /// <summary>Raises that the audit chain does not hold, or ends it where it does.</summary>
    /// <param name="keyTrouble">Why its key cannot be used; null where it can.</param>
    public static void NoteAudit(
        IRegistry registry, IReadOnlyList<Wording> findings, Wording? keyTrouble, DateTimeOffset now)
    {
        List<Wording> problems = [.. keyTrouble is { } keyless ? [keyless] : Array.Empty<Wording>(), .. findings];
        if (problems.Count > 0)
            registry.Alerts.Raise(InstallationCauses.OfRecord(Audit, now, problems), now);
        else
            registry.Alerts.SetOver(AlertKind.RecordDamaged, Audit, now);
    }

    /// <summary>Raises at once that something of the records was written past the program; the next walk over the
    /// chain says what else, and when it is no longer so.</summary>
    public static void NoteForged(IRegistry registry, Wording what, DateTimeOffset now) =>
        registry.Alerts.Raise(InstallationCauses.OfRecord(Audit, now, [what]), now);

    /// <summary>Raises that a file keeps the web pages from being served, or ends it where none does.</summary>
    public static void NotePages(IRegistry registry, Wording? trouble, DateTimeOffset now)
    {
        if (trouble is { } why)
            registry.Alerts.Raise(InstallationCauses.OfPages(Pages, now, why), now);
        else
            registry.Alerts.SetOver(AlertKind.RecordDamaged, Pages, now);
    }

    /// <summary>That ledger.db cannot be read or written.</summary>
    public static Alert OfTrouble(Wording trouble, DateTimeOffset since) =>
        InstallationCauses.OfRecord("", since, [trouble]);
}
