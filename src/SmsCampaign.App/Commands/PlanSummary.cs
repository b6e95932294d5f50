using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Commands;

/// <summary>
/// Shows an officer what a campaign would do, as <c>check</c> and <c>plan</c> print it.
/// </summary>
sealed class PlanSummary(PlannedCampaign planned, Page page)
{
    /// <summary>Characters shown of an option.</summary>
    const int LongestOption = 400;

    readonly Campaign _campaign = planned.Campaign;
    readonly ImportedAudience _audience = planned.Audience;
    readonly Forecast _forecast = planned.Forecast;

    public void Write()
    {
        WriteCampaign();
        foreach (var message in _campaign.Messages)
            WriteMessage(message);
        new HeldSummary(_campaign, planned.Date, page).Write();
        if (_campaign.Segments.Count == 0)
            return;

        WriteRecipients();
        WriteExclusions();
        WriteForms();
        WriteForecast();
        WriteGateways();
    }

    /// <summary>Where each lane's messages go and what stands around the text, as the
    /// installation file has it.</summary>
    void WriteGateways()
    {
        Title("CỔNG NHẮN TIN, như tệp cấu hình", "GATEWAYS, as the installation file has them");
        foreach (var lane in planned.Lanes)
        {
            var host = LaneSettings.HostOf(lane.Options);
            page.Line(
                $"  {lane.Name}: {lane.Options.Type}{(host.Length == 0 ? "" : " · " + host)}"
                + $"{(lane.Options.StandIn == true ? page.Text(" · mô phỏng", " · stand-in") : "")}");
            foreach (var (key, value) in LaneSettings.GatewayOf(lane.Options).Where(option => option.Value.Length > 0))
                page.Line($"    {key} = {(value.Length <= LongestOption ? value : value[..LongestOption] + "…")}");
        }
    }

    /// <summary>What <c>approve --code</c> takes: it binds this and nothing else.</summary>
    public void WriteCode()
    {
        var code = ApprovalHash.Brief(planned.ApprovedHash);
        page.Line();
        page.Say($"  Mã để phê duyệt (approve --code): {code}", $"  Code to approve by (approve --code): {code}");
    }

    /// <summary>The batches of each lane, and what an approval binds.</summary>
    public void WritePlan()
    {
        Title("KẾ HOẠCH", "PLAN");
        if (_campaign.Segments.Count > 0)
            WriteBatches();
        page.Line();
        page.Say($"  Lượt gửi       {planned.Key}", $"  Run            {planned.Key}");
        page.Say($"  Mã phê duyệt   {planned.ApprovedHash}", $"  To approve     {planned.ApprovedHash}");
    }

    void WriteBatches()
    {
        var table = new TextTable(
            page.Text("Kênh gửi", "Lane"),
            page.Text("Số lô", "Batches"),
            page.Text("Tin mỗi lô", "Messages a batch"),
            page.Text("Tin", "Messages"));

        foreach (var lane in planned.Plan.Lanes)
        {
            var batches = planned.Plan.Batches.Where(batch => batch.Lane == lane.Id).ToList();
            table.Add(
                lane.Name,
                Count(batches.Count),
                batches.Count == 0 ? "" : page.Text("tới ", "up to ") + Count(batches.Max(batch => batch.Messages)),
                Count(batches.Sum(batch => batch.Messages)));
        }

        page.Add(table);
    }

    void WriteCampaign()
    {
        var window = _campaign.Schedule.Window;
        var (date, zone) = (Figures.Date(planned.Date), Figures.Zone(window.Zone));
        var table = new TextTable("", "") { Left = new HashSet<int> { 1 } };

        table.Add(page.Text("Chiến dịch", "Campaign"), _campaign.Id);
        table.Add(page.Text("Tiêu đề", "Title"), _campaign.Title);
        table.Add(page.Text("Chế độ", "Mode"), Mode().In(page.Language));
        table.Add(page.Text("Cơ quan ban hành", "Issued by"), _campaign.Directive.Issuer);
        table.Add(page.Text("Tên định danh", "Sender"), _campaign.Sender);
        table.Add(page.Text("Ngày gửi", "Date"), page.Text(
            $"{date}, từ {window.Opens:HH:mm} đến {window.Closes:HH:mm} ({zone})",
            $"{date}, {window.Opens:HH:mm} to {window.Closes:HH:mm} ({zone})"));
        if (planned.RestOf is { } of)
            table.Add(page.Text("Gồm", "Holds"), page.Text(
                $"phần chưa gửi của lượt gửi ngày {Figures.Date(of)}", $"what the run of {Figures.Date(of)} left"));
        page.Add(table);
    }

    Wording Mode() => (_campaign.Mode, planned.Simulated) switch
    {
        (CampaignMode.Live, false) => new("gửi thật (live)", "live"),
        (CampaignMode.Live, true) => new(
            "gửi thật (live), lần này mô phỏng: không tới máy nào", "live, simulated this time: no phone is reached"),
        (_, false) => new("diễn tập (exercise)", "exercise"),
        _ => new("diễn tập (exercise), mô phỏng: không tới máy nào", "exercise, simulated: no phone is reached"),
    };

    void WriteMessage(MessageText message)
    {
        Title($"TIN “{message.Name}”, như máy hiện", $"MESSAGE '{message.Name}', as the phone shows it");
        foreach (var line in message.Text.Value.Split('\n'))
            page.Line("  " + line.TrimEnd('\r'));

        page.Line();
        WriteLength(
            message.Unaccented ? new("Gửi không dấu", "Sent without diacritics") : new("Sẽ gửi", "To be sent"),
            message.Text);

        var plain = message.Text.Unaccented();
        if (plain.Value != message.Text.Value)
            WriteLength(new("Nếu bỏ dấu", "Without diacritics"), plain);

        if (_campaign.Directive.Text.Length == 0)
        {
            page.Say(
                "  Văn bản không cho sẵn lời: nội dung do đơn vị soạn, người phê duyệt quyết định.",
                "  The order quotes no message: the text is the department's own, and whoever approves decides.");
        }
        else if (OrderedText.Compare(_campaign.Directive, message with { Unaccented = false }) is { } difference)
        {
            foreach (var line in difference.Describe().In(page.Language).Split('\n'))
                page.Line("  " + line);
        }
    }

    void WriteLength(Wording form, SmsText text)
    {
        if (planned.Lanes.Count == 0)
        {
            var (standard, partsOf) = (LengthTable.Standard, text.PartsIn(LengthTable.Standard));
            var unitsOf = text.Split(standard).UnitsUsed;
            page.Say(
                $"  {form}: {Figures.Count(unitsOf)} ký tự · {NameOf(text.EncodingIn(standard))} · {partsOf} phần",
                $"  {form}: {Figures.Counted(unitsOf, "character")} · {NameOf(text.EncodingIn(standard))} · "
                    + $"{Figures.Counted(partsOf, "part")}");
        }

        // Lanes may count differently; those that agree are named together.
        foreach (var lanes in planned.Lanes.GroupBy(lane => (
            Encoding: text.EncodingIn(lane.Options.LengthTable), text.Split(
                lane.Options.LengthTable).UnitsUsed, Parts: text.PartsIn(lane.Options.LengthTable))))
        {
            var (encoding, units, parts) = lanes.Key;
            var name = NameOf(encoding);
            var which = lanes.Count() == planned.Lanes.Count
                ? ""
                : " · " + string.Join(", ", lanes.Select(lane => lane.Name));
            page.Say(
                $"  {form}: {Figures.Count(units)} ký tự · {name} · {parts} phần{which}",
                $"  {form}: {Figures.Counted(units, "character")} · {name} · {Figures.Counted(parts, "part")}{which}");
        }
    }

    static string NameOf(SmsEncoding encoding) => encoding == SmsEncoding.Gsm7 ? "GSM 7 bit" : "Unicode (UCS-2)";

    void WriteRecipients()
    {
        Title("THUÊ BAO NHẬN TIN, theo nhóm nhận tin và nhà mạng", "RECIPIENTS, by segment and carrier");
        var carriers = _audience.Recipients.Select(count => count.Carrier).Distinct().Order().ToList();
        var table = new TextTable([
            page.Text("Nhóm nhận tin", "Segment"),
            .. carriers.Select(carrier => _audience.Carriers[carrier - 1].Display),
            page.Text("Cộng", "Total")]);

        for (var segment = 1; segment <= _audience.Segments.Count; segment++)
        {
            var of = segment;
            table.Add([
                _audience.Segments[segment - 1].Name,
                .. carriers.Select(carrier => Count(Sum(count => count.Segment == of && count.Carrier == carrier))),
                Count(Sum(count => count.Segment == of))]);
        }

        table.Add([
            page.Text("Cộng", "Total"),
            .. carriers.Select(carrier => Count(Sum(count => count.Carrier == carrier))),
            Count(_audience.RecipientTotal)]);
        page.Add(table);
    }

    long Sum(Func<AudienceCount, bool> which) => _audience.Recipients.Where(which).Sum(count => count.Messages);

    void WriteExclusions()
    {
        Title("LOẠI TRỪ, theo lý do", "EXCLUDED, by reason");
        var table = new TextTable("", "");
        foreach (var (reason, count) in _audience.Excluded
            .Where(entry => entry.Key != ExclusionReason.AlreadySent)
            .OrderByDescending(entry => entry.Value))
            table.Add(ExclusionReasonWords.Of(reason).In(page.Language), Count(count));
        foreach (var (date, count) in _audience.AlreadySent.OrderBy(entry => entry.Key))
            table.Add(ExclusionReasonWords.AlreadySent(date).In(page.Language), Count(count));
        table.Add(page.Text("Cộng", "Total"), Count(_audience.ExcludedTotal));
        page.Add(table);

        var (all, sent, out_) = (
            Figures.Counted(_audience.Total, "row"),
            Figures.Counted(_audience.RecipientTotal, "recipient"),
            Figures.Count(_audience.ExcludedTotal));
        page.Line();
        page.Say($"  {all} dòng = {sent} thuê bao nhận tin + {out_} loại trừ", $"  {all} = {sent} + {out_} excluded");
    }

    void WriteForms()
    {
        Title("CHI PHÍ, chưa thuế", "COST, before tax");
        var table = new TextTable(
            page.Text("Nội dung", "Text"),
            page.Text("Số phần", "Parts"),
            page.Text("Chi phí", "Cost"),
            page.Text("Xong lúc", "Done at"));
        var mixed = _campaign.Messages.Any(message => message.Unaccented)
            && !_campaign.Messages.All(message => message.Unaccented);
        var plain = _campaign.Messages.All(message => message.Unaccented);

        if (mixed)
            AddForm(
                table,
                new("Như tệp chiến dịch (sẽ gửi)", "As the campaign file has it (to be sent)"),
                new FormTotal(_forecast.Parts, _forecast.CostVnd, _forecast.End));
        if (_forecast.Accented is { } accented)
            AddForm(
                table,
                mixed || plain
                    ? new("Có dấu", "With diacritics")
                    : new("Có dấu (sẽ gửi)", "With diacritics (to be sent)"),
                accented);
        AddForm(
            table,
            plain
                ? new("Không dấu (sẽ gửi)", "Without diacritics (to be sent)")
                : new("Không dấu", "Without diacritics"),
            _forecast.Unaccented);
        page.Add(table);
    }

    void AddForm(TextTable table, Wording name, FormTotal form) => table.Add(
        name.In(page.Language), Count(form.Parts), Figures.Money(form.CostVnd).In(page.Language), Moment(form.End));

    void WriteForecast()
    {
        Title("DỰ KIẾN, theo tốc độ hợp đồng", "FORECAST, at the contracted rates");
        var table = new TextTable(
            page.Text("Kênh gửi", "Lane"),
            page.Text("Tốc độ", "Rate"),
            page.Text("Số tin", "Messages"),
            page.Text("Số phần", "Parts"),
            page.Text("Chi phí", "Cost"),
            page.Text("Cần", "Takes"),
            page.Text("Bắt đầu", "Start"),
            page.Text("Xong", "End"),
            page.Text("Kịp ngày đầu", "Fits first day"));

        foreach (var lane in _forecast.Lanes)
        {
            if (lane.Recipients == 0)
            {
                table.Add(lane.Name, Rate(lane), "0", "0", "", "", "", "", "");
                continue;
            }

            table.Add(
                lane.Name,
                Rate(lane),
                Count(lane.Recipients),
                Count(lane.Sent.Parts),
                Figures.Money(lane.Sent.CostVnd).In(page.Language),
                Figures.Duration(lane.Sent.Work).In(page.Language),
                Figures.ExpectedTime(Local(lane.Start)),
                lane.Sent.Days == 1 ? Figures.ExpectedTime(Local(lane.Sent.End)) : Moment(lane.Sent.End),
                lane.FitsFirstDay ? page.Text("có", "yes") : page.Text(
                    $"không, thiếu {Figures.Duration(lane.Overrun)}", $"no, {Figures.Duration(lane.Overrun)} short"));
        }

        table.Add(
            page.Text("Cộng", "Total"),
            "",
            Count(_forecast.Recipients),
            Count(_forecast.Parts),
            Figures.Money(_forecast.CostVnd).In(page.Language),
            "",
            "",
            _forecast.Recipients == 0 ? "" : Moment(_forecast.End),
            "");
        page.Add(table);
        WriteTrial();
    }

    void WriteTrial()
    {
        if (_forecast.Lanes.Count == 0 || _forecast.Lanes.Max(lane => lane.Trial) is var longest && longest == default)
            return;

        var (first, wait) = (Figures.Counted(_campaign.Canary.Messages, "message"), Figures.Duration(longest));
        page.Line();
        page.Say(
            $"  Mỗi kênh gửi trước {first} tin và chờ kết quả, lâu nhất {wait}; giờ xong đã tính cả việc này.",
            $"  Each lane sends {first} first and waits how they fare, {wait} at most; the end takes that in.");
    }

    string Rate(LaneForecast lane) => Count(lane.Rate) + " " + RateUnitWords.Of(lane.RateUnit).In(page.Language);

    void Title(Vietnamese vi, English en)
    {
        page.Title(vi, en);
    }

    DateTimeOffset Local(DateTimeOffset moment) => _campaign.Schedule.Window.ToLocal(moment);

    string Moment(DateTimeOffset moment) => Figures.Expected(Local(moment)).In(page.Language);

    string Count(long number) => Figures.Count(number).In(page.Language);
}
