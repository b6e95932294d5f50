using System.CommandLine;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign text compare FILE FILE… [--language TAG] [--campaign FILE [--date DATE] [--subscribers N]
/// [--accounts N]]</summary>
sealed class TextCompareCommand
{
    const int FewestFiles = 2;

    /// <summary>More columns than these no screen shows.</summary>
    const int MostFiles = 6;

    /// <summary>More than the phones in the country (120 million subscribers), so a slip.</summary>
    const long MostSubscribers = 1_000_000_000;

    const int MostAccounts = 20;

    readonly Terminal _terminal;
    readonly Argument<string[]> _files;
    readonly Option<string> _language;
    readonly Option<FileInfo?> _campaign;
    readonly Option<string?> _date;
    readonly Option<long?> _subscribers;
    readonly Option<int> _accounts;

    TextCompareCommand(Terminal terminal)
    {
        _terminal = terminal;
        _files = new Argument<string[]>(terminal.Text("tệp", "file"))
        {
            Description = terminal.Text(
                $"các tệp, mỗi tệp một phương án nội dung, UTF-8; từ {FewestFiles} tới {MostFiles} tệp",
                $"files with a candidate each, UTF-8; {FewestFiles} to {MostFiles} of them"),
            Arity = new ArgumentArity(FewestFiles, MostFiles),
        };
        _language = new Option<string>("--language")
        {
            Description = terminal.Text(
                "mã ngôn ngữ của các phương án, như của 'text'", "language of the candidates, as of 'text'"),
            DefaultValueFactory = _ => "vi",
        };
        _campaign = new Option<FileInfo?>("--campaign")
        {
            Description = terminal.Text(
                "tệp chiến dịch: tính thêm chi phí và giờ xong, theo danh sách, kênh gửi và khung giờ của tệp",
                "campaign file: cost and end as well, by its lists, lanes and hours"),
        };
        _date = new Option<string?>("--date")
        {
            Description = terminal.Text(
                "ngày của lượt gửi, như 30/7/2025, cho chiến dịch hằng năm",
                "date of the run, as 2025-07-30, for a yearly campaign"),
        };
        _subscribers = new Option<long?>("--subscribers")
        {
            Description = terminal.Text(
                "dự báo cho bằng này thuê bao, chia theo nhà mạng như trong danh sách của chiến dịch",
                "forecast for so many subscribers, with the carriers' shares of the campaign's lists"),
        };
        _accounts = new Option<int>("--accounts")
        {
            Description = terminal.Text(
                "số tài khoản gửi của mỗi nhà mạng, mỗi tài khoản gửi một phần đều nhau theo tốc độ của kênh",
                "accounts of each carrier, which share its subscribers evenly, each at the lane's rate"),
            DefaultValueFactory = _ => 1,
        };
    }

    public static Command Create(Terminal terminal)
    {
        var compare = new TextCompareCommand(terminal);
        var command = new Command("compare", terminal.Text(
            "Đặt các phương án nội dung cạnh nhau: số phần, dễ đọc, chi phí, giờ gửi xong",
            "Put candidate texts side by side: parts, reading ease, cost, when they would all be sent"))
        {
            compare._files,
            compare._language,
            compare._campaign,
            compare._date,
            compare._subscribers,
            compare._accounts,
        };
        command.SetAction(
            (parsed, cancellationToken) => Task.FromResult(compare.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var language = parsed.GetRequiredValue(_language);
        var problems = FindUsage(parsed, language, out var date);
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var files = parsed.GetRequiredValue(_files);
        var texts = new List<string>();
        foreach (var file in files)
        {
            if (WrittenInput.ReadAll(file, _terminal) is not { } input)
                return ExitCode.InputHasProblems;

            texts.Add(WrittenInput.WithoutLastEnd(input));
            if (texts[^1].Length == 0)
            {
                _terminal.List([new Problem(new Place(file), new Wording(
                    "không có nội dung. Hãy ghi phương án nội dung vào tệp.",
                    "there is no text. Write the candidate."))]);
                return ExitCode.InputHasProblems;
            }
        }

        var installation = SharedOptions.InstallationOf(parsed).ToString();
        var audience = parsed.GetValue(_campaign) is { } campaign
            ? new CandidateAudience(
                new PreparationRequest(campaign.ToString(), installation, date),
                parsed.GetValue(_subscribers),
                parsed.GetRequiredValue(_accounts))
            : null;
        var comparison = new TextDesk(_terminal.Time)
            .Compare(texts, language, installation, audience, cancellationToken);
        var page = new Page(_terminal.Language);
        new TextCompareText(comparison, files, audience, page).Write();
        _terminal.Show(page);

        var stops = _terminal.List(TextCheck.WhatIsUnchecked(language) is { } lack
            ? comparison.Problems.Prepend(new Problem(null, lack, Severity.Warning))
            : comparison.Problems);
        foreach (var (text, file) in comparison.Texts.Zip(files))
        {
            stops |= _terminal.List(text.Problems.Select(problem => new Problem(
                new Place(file, problem.Line, problem.Column), problem.What, problem.Severity)));
        }

        return stops ? ExitCode.InputHasProblems : ExitCode.Done;
    }

    List<Problem> FindUsage(ParseResult parsed, string language, out DateOnly? date)
    {
        var problems = new List<Problem>();
        if (!TextCheck.IsLanguage(language))
        {
            problems.Add(new Problem(null, new Wording(
                $"'{language}' không phải mã ngôn ngữ. Hãy ghi, ví dụ, --language rad (tiếng Ê Đê).",
                $"'{language}' is no language tag. Write, for example, --language rad (Rade).")));
        }

        var given = new Option[] { _date, _subscribers, _accounts }
            .Where(option => SharedOptions.IsGiven(parsed.CommandResult, option))
            .ToList();
        if (parsed.GetValue(_campaign) is null && given.Count > 0)
        {
            problems.Add(new Problem(null, new Wording(
                $"{given[0].Name} chỉ dùng cùng --campaign. Hãy thêm --campaign và tệp chiến dịch, hoặc bỏ "
                    + $"{given[0].Name}.",
                $"{given[0].Name} goes only with --campaign. Add --campaign and the campaign file, or leave it out.")));
        }

        if (parsed.GetValue(_subscribers) is < 1 or > MostSubscribers)
        {
            problems.Add(new Problem(null, new Wording(
                $"--subscribers phải từ 1 tới {Figures.Count(MostSubscribers)}.",
                $"--subscribers must be 1 to {Figures.Count(MostSubscribers)}.")));
        }

        if (parsed.GetRequiredValue(_accounts) is < 1 or > MostAccounts)
        {
            problems.Add(new Problem(null, new Wording(
                $"--accounts phải từ 1 tới {MostAccounts}.", $"--accounts must be 1 to {MostAccounts}.")));
        }

        date = RunChoice.ReadDate(parsed, _date, problems);
        return problems;
    }
}
