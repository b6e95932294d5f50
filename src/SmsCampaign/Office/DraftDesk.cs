using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>A message as it would be sent, while it is written.</summary>
/// <param name="Path">Of the field of its text.</param>
/// <param name="Accented">As it is written.</param>
/// <param name="Lanes">That the file names and the installation has; none where it names none.</param>
/// <param name="Difference">From the order's words; null where it quotes none, or the message is in another
/// language.</param>
public sealed record DraftMessage(
    string Path,
    string Name,
    SmsText Accented,
    bool IsUnaccented,
    IReadOnlyList<Lane> Lanes,
    TextDifference? Difference)
{
    /// <summary>Of its characters that cost more, are refused or are others than they seem.</summary>
    public IReadOnlyList<TextCure> Cures { get; init; } = [];

    public SmsText Sent => IsUnaccented ? Accented.Unaccented() : Accented;

    /// <summary>As the first lane divides it.</summary>
    public SmsParts Parts => Sent.Split(Lanes.Count > 0 ? Lanes[0].Options.LengthTable : LengthTable.Standard);

    /// <summary>Most parts in any lane.</summary>
    public int PartsOf(SmsText form) => Lanes
        .Select(lane => form.PartsIn(lane.Options.LengthTable))
        .DefaultIfEmpty(form.PartsIn(LengthTable.Standard))
        .Max();

    /// <summary>VND for one subscriber, before tax, of the cheapest lane and the dearest; null where no lane has a
    /// price.</summary>
    public (decimal Least, decimal Most)? PriceOf(SmsText form)
    {
        List<decimal> prices = [.. Lanes
            .Where(lane => lane.Options.PricePerPart is not null)
            .Select(lane => lane.Options.PricePerPart!.Value * form.PartsIn(lane.Options.LengthTable))];
        return prices.Count == 0 ? null : (prices.Min(), prices.Max());
    }
}

/// <summary>What a campaign file would be if what was typed were saved.</summary>
/// <param name="Problems">As <c>check</c> tells them, the lists' content left out.</param>
/// <param name="OutOfPlace">Path of a field that cannot be replaced where it stands; null where each can.</param>
public sealed record DraftView(
    IReadOnlyList<Problem> Problems, IReadOnlyList<DraftMessage> Messages, string? OutOfPlace);

/// <summary>Looks at a campaign file as it is typed. Stores nothing.</summary>
public sealed class DraftDesk(EditDesk desk, string installationFile, DataFolder data, TimeProvider time)
{
    /// <param name="typed">By the path of the field; a field that is not there stands as it is in the file.</param>
    public DraftView Look(EditedFile edited, IReadOnlyDictionary<string, string> typed)
    {
        if (edited.Text is null || edited.Fields.Count == 0)
            return new DraftView(edited.Problems, [], null);

        var (text, path, _) = EditDesk.Fill(edited, typed);
        return new DraftView(desk.Check(edited, text ?? edited.Text), ReadMessages(edited, typed), path);
    }

    /// <summary>The text of a message once a cure of it is taken; nothing is saved.</summary>
    /// <param name="path">As <see cref="DraftMessage.Path"/>.</param>
    /// <param name="key">As <see cref="TextCure.Key"/>.</param>
    /// <returns>Null where it has no such cure any more.</returns>
    public static string? Mend(
        EditedFile edited, IReadOnlyDictionary<string, string> typed, string path, string key) =>
        Enumerable.Range(1, edited.Messages.Count)
            .Select(PathOf)
            .FirstOrDefault(of => of + ".text" == path) is { } message
            ? TextCures.Apply(
                WrittenIn(edited, typed, message),
                key,
                LanguageIn(edited, typed, message),
                IsUnaccentedIn(edited, typed, message))
            : null;

    /// <summary>The campaign of the file as it is saved, with its lists read: what its forecasts go by.</summary>
    /// <param name="mostBytes">Of its lists together; where they are larger they are not read.</param>
    /// <returns>Null where there is something wrong with it, or nobody to be sent to.</returns>
    public PlannedCampaign? Plan(EditedFile edited, long mostBytes, CancellationToken cancellationToken)
    {
        if (edited.Problems.Any(problem => problem.Severity == Severity.Error)
            || LengthOfLists(edited) > mostBytes)
            return null;

        var planned = new PlanDesk(data, time)
            .Check(new PreparationRequest(edited.File, installationFile), cancellationToken)
            .Preparation.Planned;
        return planned is { Forecast.Recipients: > 0 } ? planned : null;
    }

    /// <summary>What the messages cost the subscribers of the file as it is saved, both ways of writing among
    /// it.</summary>
    public static Forecast Forecast(PlannedCampaign planned, IReadOnlyList<DraftMessage> messages) =>
        Forecaster.Forecast(
        planned.Campaign with
        {
            Messages =
            [
                .. planned.Campaign.Messages.Select(message =>
                    messages.FirstOrDefault(draft => draft.Name == message.Name) is { } draft
                        ? message with { Text = draft.Accented, Unaccented = false }
                        : message),
            ],
        },
        planned.Audience,
        planned.Plan,
        planned.Lanes,
        planned.Date,
        planned.Campaign.Schedule.Window.OpensOn(planned.Date));

    List<DraftMessage> ReadMessages(EditedFile edited, IReadOnlyDictionary<string, string> typed)
    {
        var installation = Installation.Read(installationFile).Installation;
        List<Lane> lanes = [.. ValueIn(edited, typed, "lanes").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => installation?.Find(name.Trim()))
            .OfType<Lane>()];
        var ordered = ValueIn(edited, typed, "directive.text").Trim();
        return [.. edited.Messages.Select((name, at) =>
        {
            var path = PathOf(at + 1);
            var isUnaccented = IsUnaccentedIn(edited, typed, path);
            var written = WrittenIn(edited, typed, path);
            var text = SmsText.Compose(written);
            var language = LanguageIn(edited, typed, path);
            return new DraftMessage(
                path + ".text",
                name,
                text,
                isUnaccented,
                lanes,
                ordered.Length > 0 && OrderedText.IsVietnamese(language)
                    ? OrderedText.Compare(ordered, isUnaccented ? text.Unaccented() : text, isUnaccented)
                    : null)
            {
                Cures = TextCures.Of(written, language, isUnaccented),
            };
        })];
    }

    /// <param name="number">From 1.</param>
    static string PathOf(int number) => string.Create(CultureInfo.InvariantCulture, $"messages[{number}]");

    static string WrittenIn(EditedFile edited, IReadOnlyDictionary<string, string> typed, string message) =>
        ValueIn(edited, typed, message + ".text").ReplaceLineEndings("\n").Trim('\n', ' ', '\t');

    static string LanguageIn(EditedFile edited, IReadOnlyDictionary<string, string> typed, string message) =>
        ValueIn(edited, typed, message + ".language") is { Length: > 0 } tag ? tag : "vi";

    static bool IsUnaccentedIn(EditedFile edited, IReadOnlyDictionary<string, string> typed, string message) =>
        ValueIn(edited, typed, message + ".form") == "unaccented";

    static string ValueIn(EditedFile edited, IReadOnlyDictionary<string, string> typed, string path) =>
        typed.GetValueOrDefault(path)
        ?? edited.Fields.FirstOrDefault(field => field.Path == path)?.Value
        ?? "";

    /// <summary>Bytes of its lists together; of one that is not there none.</summary>
    public static long LengthOfLists(EditedFile edited) => edited.Fields
        .Where(field => field.Declared == "segments.file")
        .Sum(field => LengthOf(edited, field.Value));

    static long LengthOf(EditedFile edited, string list)
    {
        var file = new FileInfo(Path.GetFullPath(list, Path.GetDirectoryName(edited.File)!));
        return file.Exists ? file.Length : 0;
    }
}
