using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Storage;

namespace SmsCampaign.Planning;

/// <summary>
/// Says precisely what is different between a run as it was planned and its files as they are now.
/// </summary>
static class RunChanges
{
    /// <param name="inputs">The audience's files as they are now.</param>
    /// <param name="definition">The campaign file's text as planned; null where it is not known.</param>
    /// <returns>None where the run fits.</returns>
    /// <param name="earlier">How far other runs of the campaign have come by now.</param>
    public static IReadOnlyList<Wording> Find(
        StoredRun stored, IReadOnlyList<RunInput> inputs, CampaignFiles files, string earlier, string? definition)
    {
        var changes = new List<Wording>();

        if (stored.Description.DefinitionHash != CampaignHash.Of(files.Campaign))
            changes.Add(DescribeDefinition(files.Campaign, definition));

        changes.AddRange(FindInputs(stored.Origin.Inputs, inputs));
        changes.AddRange(FindLanes(stored.LaneSettings, files.Lanes));

        if (stored.Description.Earlier != earlier)
            changes.Add(new Wording(
                "lượt gửi khác của chiến dịch này đã gửi thêm", "another run of this campaign has sent more"));

        // What else makes another plan of the same files: a newer program.
        if (changes.Count == 0
            && BatchPlanner.Plan(
                files.Campaign, stored.Origin.Audience, files.Lanes).Hash != stored.Description.PlanHash)
            changes.Add(
                new Wording("cách chia lô của chương trình đã khác", "the program divides batches differently"));

        return changes;
    }

    /// <summary>That the campaign file says something else, and at which keys.</summary>
    /// <param name="definition">Its text as planned; null where it is not known.</param>
    internal static Wording DescribeDefinition(Campaign now, string? definition)
    {
        var keys = definition is not null && CampaignFile.ReadKept(definition, now.File) is { } before
            ? CampaignDifferences.Between(before, now)
            : [];
        var list = keys.Count == 0 ? "" : $" ({string.Join("; ", keys)})";
        return new Wording("nội dung tệp chiến dịch đã khác" + list, "the campaign file says something else" + list);
    }

    static IEnumerable<Wording> FindInputs(IReadOnlyList<RunInput> before, IReadOnlyList<RunInput> now)
    {
        foreach (var input in now)
        {
            var name = Name(input);
            var old = before.FirstOrDefault(each => each.Role == input.Role && each.File == input.File);
            if (old is null)
                yield return new Wording($"thêm {name}", $"{name} was added");
            else if (old.Sha256 != input.Sha256)
                yield return new Wording($"{name} đã bị sửa", $"{name} was changed");
        }

        foreach (var gone in before.Where(old => !now.Any(input => input.Role == old.Role && input.File == old.File)))
        {
            var name = Name(gone);
            yield return new Wording($"bỏ {name}", $"{name} was taken out");
        }
    }

    /// <param name="before">The lanes' settings as planned, by name.</param>
    public static IEnumerable<Wording> FindLanes(IReadOnlyDictionary<string, string> before, IReadOnlyList<Lane> now)
    {
        // Older programs bound a part of the settings only.
        if (before.Values.Any(settings => !settings.Contains("\"maxInFlight\"", StringComparison.Ordinal)))
        {
            yield return new Wording(
                "kế hoạch do bản chương trình cũ hơn lập, chưa ràng buộc mọi cấu hình của kênh gửi",
                "the plan was made by an older program, which did not bind every setting of the lanes");
            yield break;
        }

        foreach (var lane in now)
        {
            if (!before.TryGetValue(lane.Name, out var old))
            {
                yield return new Wording($"thêm kênh gửi '{lane.Name}'", $"the lane '{lane.Name}' was added");
            }
            else if (LaneSettings.Read(old) is not { } planned)
            {
                yield return new Wording(
                    $"không đọc được cấu hình của kênh gửi '{lane.Name}' trong sổ gửi tin",
                    $"the settings of the lane '{lane.Name}' in the ledger cannot be read");
            }
            else if (LaneSettings.ToJson(lane.Options) is var settings && settings != old)
            {
                var list = string.Join(", ", Differences(planned, LaneSettings.Read(settings)!));
                yield return new Wording(
                    $"kênh gửi '{lane.Name}' đã đổi: {list}", $"the lane '{lane.Name}' was changed: {list}");
            }
        }

        foreach (var gone in before.Keys
            .Where(name => now.All(lane => lane.Name != name))
            .Order(StringComparer.Ordinal))
            yield return new Wording($"bỏ kênh gửi '{gone}'", $"the lane '{gone}' was taken out");
    }

    /// <summary>As rate 200 → 300.</summary>
    static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
    [
        .. now.Where(each => before.GetValueOrDefault(each.Key, "") != each.Value).Select(
            each => $"{each.Key} {before.GetValueOrDefault(each.Key, "")} → {each.Value}"),
        .. before.Where(each => !now.ContainsKey(each.Key)).Select(each => $"{each.Key} {each.Value} →"),
    ];

    static Wording Name(RunInput input) => input.Role switch
    {
        RunInputRole.Audience => new Wording($"tệp thuê bao {input.File}", $"the audience file {input.File}"),
        RunInputRole.Suppression =>
            new Wording($"danh sách từ chối nhận tin {input.File}", $"the suppression list {input.File}"),
        RunInputRole.Prefixes => new Wording($"bảng đầu số {input.File}", $"the prefix table {input.File}"),
        RunInputRole.Carriers => new Wording($"bảng nhà mạng {input.File}", $"the carrier table {input.File}"),
        _ => new Wording($"danh sách chuyển mạng giữ số {input.File}", $"the ported list {input.File}"),
    };
}
