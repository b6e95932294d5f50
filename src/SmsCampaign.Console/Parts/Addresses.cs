using System.Globalization;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Where the pages of a thing are.</summary>
public static class Addresses
{
    /// <summary>Of a run: its page, beneath which its others lie.</summary>
    public static string Of(RunRecord run) => $"{OfCampaign(run.Campaign)}/{Uri.EscapeDataString(run.Date)}";

    public static string Of(RunKey run) => $"{OfCampaign(run.Campaign)}/{run.DateText}";

    public static string OfCampaign(string campaign) => $"/chien-dich/{Uri.EscapeDataString(campaign)}";

    public static string OfLane(string lane) => $"/kenh-gui/{Uri.EscapeDataString(lane)}";

    /// <summary>Of a campaign's tests of a day.</summary>
    public static string OfTests(string campaign, DateOnly day) => string.Create(
        CultureInfo.InvariantCulture, $"/kenh-gui/gui-thu/{Uri.EscapeDataString(campaign)}/{day:yyyy-MM-dd}");
}
