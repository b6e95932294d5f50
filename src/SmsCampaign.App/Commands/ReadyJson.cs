using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>What <c>ready --json</c> and <c>doctor --json</c> print, every field of which stands in config/COMMANDS.md.
/// Times are UTC.</summary>
static class ReadyJson
{
    public static object Of(ReadyResult.Looked looked, Language language) => new
    {
        looked.Run?.Campaign,
        Date = looked.Run?.DateText,
        looked.At,
        looked.Opening?.Opens,
        looked.Opening?.Closes,
        looked.Light,
        Checks = looked.Lines.Select(line => Line(line, language)),
        Lanes = looked.Lanes.Select(lane => new
        {
            lane.Name,
            lane.Options.Type,
            IsGood = looked.Lines.All(line => line.Subject != lane.Name || line.Light != ReadyLight.Red),
        }),
    };

    public static object Line(ReadyLine line, Language language) => new
    {
        line.Check,
        line.Subject,
        line.Light,
        Found = line.Found.In(language),
        ToDo = line.ToDo?.In(language),
    };
}
