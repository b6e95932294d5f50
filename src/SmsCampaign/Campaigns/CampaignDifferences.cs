using System.Globalization;

namespace SmsCampaign.Campaigns;

/// <summary>
/// What two readings of a campaign file say differently, key by key, for the person who must decide on it.
/// </summary>
static class CampaignDifferences
{
    /// <summary>Characters of a value that is shown; of a longer one the place that differs.</summary>
    const int Shown = 40;

    /// <summary>Characters around that place.</summary>
    const int Around = 12;

    /// <returns>As "schedule.window.to 20:00 → 21:00", in the order of the file's keys.</returns>
    public static IReadOnlyList<string> Between(Campaign before, Campaign now)
    {
        var (old, changed) = (Values(before), Values(now));
        var keys = old.Keys.Concat(changed.Keys).Distinct();
        return [.. keys
            .Where(key => old.GetValueOrDefault(key) != changed.GetValueOrDefault(key))
            .Select(key => Describe(key, old.GetValueOrDefault(key, ""), changed.GetValueOrDefault(key, "")))];
    }

    static string Describe(string key, string old, string now)
    {
        var (before, after) = old.Length <= Shown && now.Length <= Shown ? (old, now) : Excerpts(old, now);
        return $"{key} {OneLine(before)} → {OneLine(after)}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd();
    }

    /// <summary>What differs of two long values, with some letters before and behind.</summary>
    static (string Old, string Now) Excerpts(string old, string now)
    {
        var shorter = Math.Min(old.Length, now.Length);
        var same = 0;
        while (same < shorter && old[same] == now[same])
            same++;

        var end = 0;
        while (end < shorter - same && old[^(end + 1)] == now[^(end + 1)])
            end++;

        return (Excerpt(old, same, end), Excerpt(now, same, end));
    }

    static string Excerpt(string value, int same, int end)
    {
        var from = Math.Max(0, same - Around);
        var to = Math.Min(value.Length, Math.Min(value.Length - end + Around, from + Shown));
        if (from > 0 && char.IsLowSurrogate(value[from]))
            from--;
        if (to < value.Length && char.IsLowSurrogate(value[to]))
            to++;
        return value.Length == 0 ? "" : $"“{(from > 0 ? "…" : "")}{value[from..to]}{(to < value.Length ? "…" : "")}”";
    }

    static string OneLine(string value) => value.ReplaceLineEndings("⏎");

    /// <summary>Everything that <see cref="CampaignHash"/> is taken of, by key.</summary>
    static Dictionary<string, string> Values(Campaign campaign)
    {
        var (directive, schedule) = (campaign.Directive, campaign.Schedule);
        var values = new Dictionary<string, string>();
        void Add(string key, object? value) => values[key] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

        Add("id", campaign.Id);
        Add("title", campaign.Title);
        Add("mode", campaign.Mode == CampaignMode.Live ? "live" : "exercise");
        Add("directive.issuer", directive.Issuer);
        Add("directive.number", directive.Number);
        Add("directive.date", directive.Date is { } dated ? Day(dated) : "");
        Add("directive.item", directive.Item);
        Add("directive.legalBasis", directive.LegalBasis);
        Add("directive.text", directive.Text);
        Add("directive.reportTo", directive.ReportTo);
        Add("directive.reportBy", directive.ReportBy is { } due ? Day(due) : $"{directive.ReportByDay}/{directive.ReportByMonth}");
        Add("sender", campaign.Sender);
        foreach (var message in campaign.Messages)
        {
            Add($"messages.{message.Name}.language", message.Language);
            Add($"messages.{message.Name}.form", message.Unaccented ? "unaccented" : "accented");
            Add($"messages.{message.Name}.text", message.Text.Value);
        }

        Add("schedule.date", schedule.Date is { } date ? Day(date) : $"{schedule.YearlyDay}/{schedule.YearlyMonth}");
        Add("schedule.window.from", schedule.Window.Opens.ToString("HH:mm", CultureInfo.InvariantCulture));
        Add("schedule.window.to", schedule.Window.Closes.ToString("HH:mm", CultureInfo.InvariantCulture));
        Add("schedule.timeZone", schedule.Window.Zone.Id);
        Add("schedule.missed", schedule.Missed switch { MissedPolicy.StartLate => "start-late", MissedPolicy.Skip => "skip", _ => "hold" });
        Add("schedule.leftovers", schedule.Leftovers switch { LeftoverPolicy.NextDay => "next-day", LeftoverPolicy.Drop => "drop", _ => "hold" });
        foreach (var segment in campaign.Segments)
        {
            Add($"segments.{segment.Name}.file", Path.GetRelativePath(Path.GetDirectoryName(campaign.File)!, segment.File).Replace('\\', '/'));
            Add($"segments.{segment.Name}.message", segment.Message);
            Add($"segments.{segment.Name}.priority", segment.Priority);
            Add($"segments.{segment.Name}.sheet", string.Join(", ", segment.Sheets));
            Add($"segments.{segment.Name}.hiddenRows", segment.HiddenRows switch { HiddenRows.Take => "take", HiddenRows.Leave => "leave", _ => "" });
            foreach (var (role, column) in segment.Columns)
                Add($"segments.{segment.Name}.columns.{role}", column);
            foreach (var filter in segment.Filter)
                Add($"segments.{segment.Name}.filter.{filter.Column}", string.Join(", ", filter.Values));
        }

        Add("suppression", string.Join(", ", campaign.SuppressionFiles.Select(file => Path.GetRelativePath(Path.GetDirectoryName(campaign.File)!, file).Replace('\\', '/'))));
        Add("lanes", string.Join(", ", campaign.Lanes));
        Add("laneStopped", campaign.UsesFallback ? "fallback" : "hold");
        Add("priority", campaign.Priority);
        Add("limits.messages", campaign.Limits.Messages);
        Add("limits.costVnd", campaign.Limits.CostVnd);
        Add("retry.tries", campaign.Retry.MostTries);
        Add("retry.validHours", (int)campaign.Retry.Validity.TotalHours);
        return values;
    }

    static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
