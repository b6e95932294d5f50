using System.Globalization;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Campaigns;

/// <summary>How keys of the campaign file are declared, kind by kind, and how a value is written where it is
/// named or hashed.</summary>
static class CampaignKeyForms
{
    public static CampaignKey Text(string name, Wording words) =>
        new(name, KeyKind.Text, Required: true) { Words = words };

    public static CampaignKey Choice(string name, IReadOnlyList<string> choices, Wording words) =>
        new(name, KeyKind.Choice, Required: true) { Words = words, Choices = choices };

    public static CampaignKey Number(string name, long most, Wording words) =>
        new(name, KeyKind.Number, Required: false) { Words = words, Most = most };

    public static CampaignKey List(string name, Wording words) =>
        new(name, KeyKind.TextList, Required: true) { Words = words };

    public static CampaignKey Map(string name, Wording words, params FileKey[] keys) =>
        new(name, KeyKind.Map, Required: true) { Words = words, Keys = keys };

    public static CampaignKey MapList(string name, Wording words, params FileKey[] keys) =>
        new(name, KeyKind.MapList, Required: true) { Words = words, Keys = keys };

    public static Func<object, string?> Of(Func<Campaign, string?> value) => campaign => value((Campaign)campaign);

    public static Func<object, string?> OfMessage(Func<MessageText, string?> value) =>
        message => value((MessageText)message);

    public static string Relative(string file, Campaign campaign) =>
        Path.GetRelativePath(Path.GetDirectoryName(campaign.File)!, file).Replace('\\', '/');

    public static int Hours(RetryPolicy retry) => (int)retry.Validity.TotalHours;

    public static string Hour(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Plain(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A date, or else a day of every year.</summary>
    public static string? Day(DateOnly? date, int? day = null, int? month = null) =>
        date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? (day is null ? null : $"{day}/{month}");
}
