using System.Security.Cryptography;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Installations;
using SmsCampaign.Storage;

namespace SmsCampaign.Planning;

/// <summary>The files that a campaign's audience is made of, as they are now.</summary>
static class RunInputs
{
    /// <summary>Hashes every file as it is now.</summary>
    /// <param name="begins">Told each file's full path before it is read.</param>
    /// <returns>Null where one cannot be read; a problem names each.</returns>
    public static IReadOnlyList<RunInput>? TryReadAll(
        CampaignFiles files, List<Problem> problems, Action<string>? begins = null)
    {
        var (read, whole) = (new List<RunInput>(), true);
        foreach (var (role, file, home) in FilesOf(files.Campaign, files.Installation)
            .Where(each => files.RestOf is null || each.Role != RunInputRole.Audience))
        {
            try
            {
                begins?.Invoke(file);
                read.Add(Read(role, file, home));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                whole = false;
                var what = new Wording(
                    $"Không đọc được một tệp dữ liệu ({FaultWords.Of(unreadable)}). Hãy kiểm tra tệp có ở đó và tài "
                        + $"khoản {Environment.UserName} có quyền đọc.",
                    $"A data file cannot be read ({unreadable.Message}). Check that it is there and that the account "
                        + $"{Environment.UserName} may read it.");
                problems.Add(new Problem(null, what) { MayPass = true });
            }
        }

        return whole ? read : null;
    }

    /// <summary>Whether every file is still what it was when <paramref name="inputs"/> were hashed.</summary>
    /// <param name="isRest">Whether the audience is what an earlier run left: its sources are those of that
    /// run.</param>
    public static void FindChangedMeanwhile(
        IReadOnlyList<RunInput> inputs, ImportedAudience audience, List<Problem> problems, bool isRest = false)
    {
        var before =
            inputs.Where(input => input.Role == RunInputRole.Audience).Select(input => input.Sha256).ToHashSet();

        foreach (var source in audience.Sources.Where(
            source => !isRest && !before.Contains(source.Sha256)))
            problems.Add(new Problem(new Place(source.File), ChangedMeanwhile));

        foreach (var other in inputs.Where(input => input.Role != RunInputRole.Audience))
        {
            var read = other.Role == RunInputRole.Suppression ? audience.Suppressions : audience.Tables;
            if (!read.Contains(other.Sha256))
                problems.Add(new Problem(new Place(other.File), ChangedMeanwhile));
        }
    }

    static readonly Wording ChangedMeanwhile = new(
        "Tệp bị sửa trong lúc đang nhập. Hãy đóng tệp ở mọi máy rồi chạy lại.",
        "The file was changed while it was imported. Close it on every machine and run again.");

    static IEnumerable<(RunInputRole Role, string File, string Home)> FilesOf(
        Campaign campaign, Installation installation)
    {
        var home = Path.GetDirectoryName(campaign.File)!;
        var tables = Path.GetDirectoryName(Path.GetFullPath(installation.File))!;

        return
        [
            .. campaign.Segments
                .Select(segment => segment.File)
                .Distinct()
                .Select(file => (RunInputRole.Audience, file, home)),
            .. campaign.SuppressionFiles.Distinct().Select(file => (RunInputRole.Suppression, file, home)),
            (RunInputRole.Prefixes, installation.Numbers.Prefixes, tables),
            (RunInputRole.Carriers, installation.Numbers.Carriers, tables),
            .. installation.Numbers.Ported.Distinct().Select(file => (RunInputRole.Ported, file, tables)),
        ];
    }

    static RunInput Read(RunInputRole role, string file, string home)
    {
        using var stream = OrdinaryFile.OpenRead(file, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        return new RunInput(
            role,
            Path.GetRelativePath(home, file).Replace('\\', '/'),
            Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
