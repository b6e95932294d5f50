using SmsCampaign.Installations;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>What came of beginning to watch.</summary>
public abstract record WatchStart
{
    WatchStart()
    {
    }

    /// <summary>The alerts section cannot be used.</summary>
    public sealed record Misread(IReadOnlyList<Problem> Problems) : WatchStart;

    /// <summary>Nobody is named who could be told.</summary>
    public sealed record Nobody : WatchStart;

    /// <summary>Another process watches with the same folder.</summary>
    public sealed record Taken(string Folder) : WatchStart;

    /// <summary>Also where its folder cannot be used, which it says at each look.</summary>
    /// <param name="Problems">Warnings.</param>
    public sealed record Begun(WorkerWatch Watch, IReadOnlyList<Problem> Problems) : WatchStart;
}

/// <summary>Watches a worker from another machine. What was told is kept in the folder watch of the data folder, so
/// that it is told once however often the watch is started.</summary>
public sealed class WatchDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <param name="url">What the worker answers while it lives.</param>
    /// <param name="after">How long it must not.</param>
    public WatchStart Begin(Uri url, TimeSpan after)
    {
        var (settings, problems) = Installation.ReadAlerts(installationFile);
        if (settings is null)
            return new WatchStart.Misread(problems);
        if (!settings.IsSet)
            return new WatchStart.Nobody();

        var own = new WatchFolder(new DataFolder(Path.Combine(data.Root, "watch")), time);
        if (own.IsTaken)
            return new WatchStart.Taken(own.Root);

        return new WatchStart.Begun(new WorkerWatch(own, settings, url, after, time), problems);
    }
}
