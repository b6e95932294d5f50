using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Planning;

namespace SmsCampaign.Office;

/// <summary>For whom candidate texts are compared.</summary>
/// <param name="Request">The campaign whose lists, lanes and hours the forecast goes by.</param>
/// <param name="Subscribers">Null: those of its lists.</param>
/// <param name="Accounts">Accounts a lane, which share its messages.</param>
public sealed record CandidateAudience(PreparationRequest Request, long? Subscribers, int Accounts);

/// <summary>A candidate as it would be sent.</summary>
/// <param name="Accented">With diacritics, as written.</param>
/// <param name="Total">What all of it costs; null where no campaign is asked about.</param>
/// <param name="Shared">When one account of each lane is done with its share; null as <paramref name="Total"/>.</param>
/// <param name="Problems">Of its letters.</param>
public sealed record ComparedText(
    SmsText Accented,
    TextReading Reading,
    Forecast? Total,
    Forecast? Shared,
    IReadOnlyList<TextProblem> Problems)
{
    public SmsText Unaccented => Accented.Unaccented();
}

/// <param name="Texts">In the order given.</param>
/// <param name="Lanes">Of the installation file, or of the campaign; none where it cannot be read.</param>
/// <param name="For">The campaign; null where none is asked about.</param>
/// <param name="Problems">Of the campaign's files. Where there is an error among them nothing is
/// forecast.</param>
public sealed record TextComparison(
    IReadOnlyList<ComparedText> Texts,
    IReadOnlyList<Lane> Lanes,
    PlannedCampaign? For,
    IReadOnlyList<Problem> Problems);

/// <summary>Puts candidate texts of a message side by side, before one is chosen. Stores nothing.</summary>
public sealed class TextDesk(TimeProvider time)
{
    /// <param name="written">As they were written.</param>
    /// <param name="installationFile">Has the prices.</param>
    /// <param name="audience">Null: the texts alone.</param>
    public TextComparison Compare(
        IReadOnlyList<string> written,
        string language,
        string installationFile,
        CandidateAudience? audience,
        CancellationToken cancellationToken)
    {
        var preparation = audience is null
            ? null
            : new CampaignPreparation(time).Check(audience.Request, cancellationToken);
        var problems = (preparation?.Problems ?? []).ToList();
        if (preparation is { HasErrors: false, Planned: { } planned } && planned.Plan.Batches.Count == 0)
        {
            problems.Add(new Problem(new Place(audience!.Request.CampaignFile, Key: "segments"), new Wording(
                "Không có thuê bao nào do đơn vị tự gửi để dự báo. Hãy thêm nhóm nhận tin có 'file', hoặc bỏ "
                    + "--campaign.",
                "There is no subscriber that the department texts itself, of whom to forecast. Add a segment with "
                    + "'file', or leave out --campaign.")));
        }

        var of = problems.Exists(problem => problem.Severity == Severity.Error) ? null : preparation?.Planned;
        return new TextComparison(
            [.. written.Select(text => Look(text, language, of, audience))],
            of?.Lanes ?? Installation.Read(installationFile).Installation?.Lanes ?? [],
            of,
            problems);
    }

    static ComparedText Look(string written, string language, PlannedCampaign? of, CandidateAudience? audience)
    {
        var text = SmsText.Compose(written);
        return new ComparedText(
            text,
            TextReading.Of(text),
            Forecast(1),
            Forecast(audience?.Accounts ?? 1),
            UnaccentedCheck.AddAdvice(TextCheck.Check(written, language), written, language));

        Forecast? Forecast(int accounts) => of is null ? null : CandidateForecast.Of(
            of, text, audience!.Subscribers, accounts, of.Campaign.Schedule.Window.OpensOn(of.Date));
    }
}
