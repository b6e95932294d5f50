using System.Globalization;
using System.Text;
using SmsCampaign.Campaigns;
using SmsCampaign.Directives;
using SmsCampaign.Files;
using SmsCampaign.Installations;
using SmsCampaign.Orthography;

namespace SmsCampaign.Office;

/// <summary>Makes the folder of a new campaign: whole or not at all, and never over anything that is there.</summary>
public static class NewDesk
{
    public const string CampaignName = "campaign.yaml";

    /// <summary>Days before the sending by which a carrier is asked to answer, and behind it by which to
    /// report.</summary>
    const int DaysToAnswer = 10;
    const int DaysToReport = 9;

    /// <summary>Where a campaign comes to lie: a name alone lies beside the others.</summary>
    public static string PlaceOf(NewCampaign campaign) =>
        campaign.Place.IndexOfAny(['/', '\\']) >= 0 || campaign.Place is "." or ".."
            ? Path.GetFullPath(Path.TrimEndingDirectorySeparator(campaign.Place))
            : Path.Combine(SettingsFolder(campaign), "campaigns", campaign.Place);

    /// <summary>From a sample: its campaign file, and the lists that this names.</summary>
    /// <param name="sample">Folder or campaign file; looked for beside the settings' folder too.</param>
    public static NewResult FromSample(NewCampaign campaign, string sample) =>
        Make(campaign, (installation, place, id) =>
        {
            var file = SampleFileOf(campaign, sample);
            var (read, problems) = SampleFile.Read(file);
            if (read is null)
                return new Content.Faulty(problems);

            var lists = Copies(read.Lists, FileRoots.Of(file, campaign.InstallationFile, installation.Files.Roots));
            var names = lists.ToDictionary(list => list.From, list => list.Name);
            var before = $"samples/{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))}/{CampaignName}";
            return new Content.Whole(
                read.As(id, names, SchemaOf(campaign, place), Shown(Path.Combine(place, CampaignName)), before),
                lists,
                null);
        });

    /// <summary>From the text of an order: what is not sure in it becomes a question.</summary>
    /// <param name="order">A Word document or a text file.</param>
    public static NewResult FromOrder(NewCampaign campaign, string order) =>
        FromOrder(campaign, DirectiveReader.Read(order), new Place(order));

    /// <summary>The same of a document that lies in no file.</summary>
    /// <exception cref="IOException">It cannot be read to its end.</exception>
    public static async Task<NewResult> FromOrderAsync(
        NewCampaign campaign, Stream order, CancellationToken cancellationToken)
    {
        // One byte more than is taken tells that there is more, however much it is.
        var bytes = new byte[DirectiveReader.MostBytes + 1];
        var length = await order.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return FromOrder(campaign, DirectiveReader.Read(bytes[..length]), null);
    }

    /// <summary>The same of an order's text.</summary>
    public static NewResult FromOrderText(NewCampaign campaign, string text) =>
        FromOrder(campaign, DirectiveReader.Read(Encoding.UTF8.GetBytes(text)), null);

    /// <summary>Names of the program's samples, beside the settings' folder.</summary>
    public static IReadOnlyList<string> ReadSamples(string installationFile) =>
        Directory.Exists(SamplesOf(installationFile))
            ? [.. Directory.EnumerateDirectories(SamplesOf(installationFile))
                .Where(folder => File.Exists(Path.Combine(folder, CampaignName)))
                .Select(Path.GetFileName)
                .OfType<string>()
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Where one of <see cref="ReadSamples"/> lies.</summary>
    public static string SampleOf(string installationFile, string name) =>
        Path.Combine(SamplesOf(installationFile), name);

    static NewResult FromOrder(NewCampaign campaign, DirectiveReading reading, Place? order) =>
        reading.Findings is { } findings
            ? Make(campaign, (installation, place, id) => new Content.Whole(
                CampaignDraftFile.Write(OrderedDraft.Of(findings, installation, id), SchemaOf(campaign, place)),
                [],
                findings))
            : new NewResult.Refused([new Problem(order, reading.Refusal!.Value)]);

    static string SamplesOf(string installationFile)
    {
        var settings = Path.GetDirectoryName(Path.GetFullPath(installationFile))!;
        return Path.Combine(Path.GetDirectoryName(settings) ?? settings, "samples");
    }

    /// <summary>From what a person says.</summary>
    public static NewResult FromParticulars(NewCampaign campaign, NewParticulars said) =>
        Make(campaign, (installation, place, id) =>
        {
            var roots = FileRoots.Of(
                Path.Combine(place, CampaignName), campaign.InstallationFile, installation.Files.Roots);
            var copies = Copies([.. said.Lists.Concat(said.Suppression).Select(Path.GetFullPath)], roots);
            return new Content.Whole(
                CampaignDraftFile.Write(DraftOf(said, installation, id, copies), SchemaOf(campaign, place)),
                copies,
                null);
        });

    static CampaignDraft DraftOf(
        NewParticulars said, Installation installation, string id, IReadOnlyList<ListCopy> copies)
    {
        var area = said.Area ?? DirectiveAreas.Of(said.Issuer);
        var sent = ReadDate(said.SendDate);
        return new CampaignDraft
        {
            Id = id,
            Title = TitleOf(area, sent),
            Issuer = new DraftValue(said.Issuer),
            Number = new DraftValue(said.Number),
            Date = new DraftValue(said.Date),
            Item = new DraftValue(said.Item),
            Text = new DraftValue(said.Text),
            Sent = new DraftValue(said.Text),
            Sender = new DraftValue(said.Sender),
            SendDate = new DraftValue(said.SendDate),
            From = said.From,
            To = said.To,
            HeldBy = said.HeldBy,
            Area = AreaOrQuestion(area),
            AcknowledgeBy = AnswerBy(sent),
            HolderReportBy = ReportBy(sent),
            Lists = [.. said.Lists.Select(list => new DraftValue(NameOf(list)))],
            Suppression = [.. said.Suppression.Select(NameOf)],
            Lanes = [.. installation.Lanes.Select(lane => lane.Name)],
            ReportTo = new DraftValue(said.ReportTo),
            ReportBy = new DraftValue(said.ReportBy),
        };

        string NameOf(string list) => copies.First(copy => copy.From == Path.GetFullPath(list)).Name;
    }

    internal static string TitleOf(string? area, DateOnly? sent) =>
        "Nhắn tin Ngày toàn dân phòng, chống mua bán người 30/7"
        + (sent is { } day ? $"/{day.Year}" : "") + (area is null ? "" : ", " + area);

    internal static DraftValue AreaOrQuestion(string? area) => area is null
        ? new DraftValue(null, new Wording(
            "địa bàn của thuê bao, ghi như sẽ viết trong công văn, ví dụ tỉnh Đắk Lắk.",
            "where the subscribers are, as the letter will say, such as tỉnh Đắk Lắk."))
        : new DraftValue(area);

    /// <summary>The department decides it: a proposal, which says that it is one.</summary>
    internal static DraftValue AnswerBy(DateOnly? sent) => Proposed(sent?.AddDays(-DaysToAnswer), new Wording(
        "hạn nhà mạng trả lời công văn, trước ngày gửi.", "by when the carrier answers, before the day of sending."));

    internal static DraftValue ReportBy(DateOnly? sent) => Proposed(sent?.AddDays(DaysToReport), new Wording(
        "hạn nhà mạng gửi biểu báo cáo, sau ngày gửi.", "by when the carrier reports, after the day of sending."));

    static DraftValue Proposed(DateOnly? day, Wording what) => day is { } date
        ? new DraftValue(date.ToString("d/M/yyyy", CultureInfo.InvariantCulture), null, new Wording(
            $"Chương trình đề xuất, Sở quyết định: {what}", $"Proposed; the department decides: {what}"))
        : new DraftValue(null, what);

    internal static DateOnly? ReadDate(string? written) => DateOnly.TryParseExact(
        written, ["d/M/yyyy", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : null;

    static NewResult Make(NewCampaign campaign, Func<Installation, string, string, Content> write)
    {
        var reading = Installation.Read(campaign.InstallationFile);
        if (reading.Installation is not { } installation)
            return new NewResult.Refused(reading.Problems);

        var place = PlaceOf(campaign);
        if (Path.Exists(place))
            return new NewResult.Exists(place);

        try
        {
            var id = campaign.Id ?? Slug.Of(Path.GetFileName(place));
            return write(installation, place, id) switch
            {
                Content.Whole whole => Place(place, id, installation, whole),
                Content.Faulty faulty => new NewResult.Refused(faulty.Problems),
                var unknown => throw new InvalidOperationException($"no content: {unknown}"),
            };
        }
        catch (ListException list)
        {
            return new NewResult.Refused([new Problem(new Place(list.List), list.Words)]);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new NewResult.Unwritable(place, cannot);
        }
    }

    /// <summary>Written beside the place, read as <c>check</c> reads it, and given its name only then.</summary>
    static NewResult Place(string place, string id, Installation installation, Content.Whole content)
    {
        using var fresh = FreshFolder.Beside(place, name => !name.Contains('/', StringComparison.Ordinal));
        foreach (var (from, name) in content.Lists)
        {
            using var source = Open(from);
            using var copy = PrivateFiles.Create(Path.Combine(fresh.Path, name), FileShare.None);
            source.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }

        var written = Path.Combine(fresh.Path, CampaignName);
        using (var file = PrivateFiles.Create(written, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(content.Text));
            file.Flush(flushToDisk: true);
        }

        var final = Path.Combine(place, CampaignName);
        var found = CampaignFile.Read(
            written, [.. installation.Lanes.Select(lane => lane.Name)], holders: [.. installation.Holders.Keys])
            .Problems
            .Select(problem => problem with { Where = problem.Where! with { File = Shown(final) } })
            .ToList();
        var faults = found
            .Where(problem => problem is { IsQuestion: false, Severity: Severity.Error })
            .ToList();
        if (faults.Count > 0)
            return new NewResult.Refused(faults);

        fresh.MoveTo(place);
        return new NewResult.Made(
            final,
            id,
            [.. content.Lists.Select(list => list.Name)],
            [.. found.Where(problem => problem.IsQuestion)],
            content.Findings);
    }

    static FileStream Open(string list)
    {
        try
        {
            return OrdinaryFile.OpenRead(list);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ListException(list, new Wording(
                $"Không tìm thấy danh sách này.{SimilarFile.DidYouMean(list)}",
                $"The list is not there.{SimilarFile.DidYouMean(list)}"));
        }
        catch (NotOrdinaryFileException other)
        {
            throw new ListException(list, other.Words);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new ListException(list, new Wording(
                $"Không đọc được danh sách này ({FaultWords.Of(closed)}). Hãy kiểm tra quyền đọc, và đóng tệp nếu đang "
                    + $"mở trong Excel.",
                $"The list cannot be read: {FaultWords.Of(closed)} Check the right to read it, and close it if it is "
                    + $"open in Excel."));
        }
    }

    /// <summary>Each list with a name of its own in the new folder.</summary>
    static List<ListCopy> Copies(IReadOnlyList<string> lists, FileRoots roots)
    {
        var copies = new List<ListCopy>();
        foreach (var list in lists.Distinct())
        {
            if (roots.Refuse(list) is { } outside)
                throw new ListException(list, outside);

            var (stem, end) = (Path.GetFileNameWithoutExtension(list), Path.GetExtension(list));
            var name = stem + end;
            for (var nth = 2; IsTaken(name); nth++)
                name = $"{stem}-{nth}{end}";
            copies.Add(new ListCopy(list, name));
        }

        return copies;

        bool IsTaken(string name) =>
            name.Equals(CampaignName, StringComparison.OrdinalIgnoreCase)
            || copies.Exists(copy => copy.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    static string SampleFileOf(NewCampaign campaign, string sample)
    {
        var above = Path.GetDirectoryName(SettingsFolder(campaign)) ?? SettingsFolder(campaign);
        var path = new[] { sample, Path.Combine(above, sample), Path.Combine(above, "samples", sample) }
            .FirstOrDefault(Path.Exists) ?? sample;
        return Directory.Exists(path) ? Path.Combine(path, CampaignName) : path;
    }

    static string SettingsFolder(NewCampaign campaign) =>
        Path.GetDirectoryName(Path.GetFullPath(campaign.InstallationFile))!;

    static string? SchemaOf(NewCampaign campaign, string place)
    {
        var schema = Path.Combine(SettingsFolder(campaign), "schema", "campaign.schema.json");
        return File.Exists(schema) ? Path.GetRelativePath(place, schema).Replace('\\', '/') : null;
    }

    /// <summary>As a person types it from where he is.</summary>
    public static string Shown(string path) =>
        Path.GetRelativePath(Environment.CurrentDirectory, path) is var near
        && !near.StartsWith("..", StringComparison.Ordinal)
            ? near.Replace('\\', '/')
            : path;

    readonly record struct ListCopy(string From, string Name);

    sealed class ListException(string list, Wording words) : Exception(words.En)
    {
        public string List => list;

        public Wording Words => words;
    }

    /// <summary>What is to lie in the new folder.</summary>
    abstract record Content
    {
        public sealed record Whole(string Text, IReadOnlyList<ListCopy> Lists, DirectiveFindings? Findings) : Content;

        public sealed record Faulty(IReadOnlyList<Problem> Problems) : Content;
    }
}
