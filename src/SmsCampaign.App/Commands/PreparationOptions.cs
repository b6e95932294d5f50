using System.CommandLine;
using System.CommandLine.Parsing;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Commands;

/// <summary>
/// What the verbs that start from a campaign file have in common.
/// </summary>
sealed class PreparationOptions(Language language)
{
    readonly Argument<FileInfo> _campaign = new(new Wording("tệp-chiến-dịch", "campaign-file").In(language))
    {
        Description = new Wording(
            "tệp chiến dịch, ví dụ config/campaigns/ten.yaml", "campaign file, such as config/campaigns/name.yaml")
            .In(language),
    };

    readonly Option<DateOnly?> _date = new("--date")
    {
        Description = new Wording(
            "ngày của lượt gửi, như 30/7/2025, cho chiến dịch hằng năm; mặc định là lượt tới",
            "date of the run, as 2025-07-30, for a yearly campaign; the next one unless given").In(language),
        CustomParser = result =>
        {
            if (RunChoice.TryReadDate(result.Tokens[0].Value, out var date))
                return date;

            result.AddError(new Wording(
                $"Ngày phải viết dạng 30/7/2025 hoặc 2025-07-30, nhưng đang là '{result.Tokens[0].Value}'.",
                $"The date must look like 2025-07-30 or 30/7/2025, was '{result.Tokens[0].Value}'.").In(language));
            return null;
        },
    };

    readonly Option<bool> _simulate = new("--simulate")
    {
        Description = new Wording("chạy thử với các nhà mạng mô phỏng", "rehearse with simulated carriers").In(
            language),
    };

    readonly Option<bool> _json = new("--json")
    {
        Description =
            new Wording("in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts").In(
                language),
    };

    /// <summary>Whether the verb can print JSON.</summary>
    public bool WithJson { get; init; } = true;

    /// <summary>Whether the verb knows a rehearsal.</summary>
    public bool WithSimulate { get; init; } = true;

    public void AddTo(Command command)
    {
        command.Arguments.Add(_campaign);
        command.Options.Add(_date);
        if (WithSimulate)
            command.Options.Add(_simulate);
        if (WithJson)
            command.Options.Add(_json);
    }

    public bool IsJson(CommandResult result) => SharedOptions.IsGiven(result, _json);

    public PreparationRequest Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_campaign).ToString(),
        SharedOptions.InstallationOf(parsed).ToString(),
        parsed.GetValue(_date),
        parsed.GetValue(_simulate));

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);
}
