using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>What a SQLite file keeps of a run.</summary>
/// <param name="path">Of the file, which may not be there.</param>
sealed class SqliteKeptRun(string path) : KeptRun(path)
{
    const string Ending = ".db";

    const string SimulatedEnding = ".simulated" + Ending;

    public override IRunBuilder Build() => new RunBuilder(path);

    public override Wording? FindNoRoom(Func<string, long?>? room) =>
        NumberErasing.FindNoRoom(path, room ?? DiskFloor.FreeAt);

    public override (long Messages, long Exclusions) EraseNumbers(NumberKey key, DateTimeOffset now) =>
        NumberErasing.Erase(path, key, now);

    public override (long Rows, Wording? Stale) EraseNumbers(NumberKey key, Func<long, bool> are, DateTimeOffset now) =>
        NumberErasing.Erase(path, key, are, now);

    public override LedgerException? FindBroken() => LedgerFile.FindBroken(path);

    /// <summary>Full paths of the files of a folder that keep a run.</summary>
    /// <param name="simulated">As of <see cref="Ledgers.FindRuns"/>.</param>
    public static IEnumerable<string> FindAll(string folder, bool? simulated) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*" + Ending).Where(file =>
            simulated is null || file.EndsWith(SimulatedEnding, StringComparison.Ordinal) == simulated);

    public override void SetAside(TimeProvider time)
    {
        foreach (var suffix in LedgerPlace.Beside.Append(""))
        {
            if (!File.Exists(path + suffix))
                continue;

            var aside = string.Create(
                CultureInfo.InvariantCulture,
                $"{path}.set-aside-{time.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}{suffix}");
            File.Move(path + suffix, aside, overwrite: true);
        }
    }
}
