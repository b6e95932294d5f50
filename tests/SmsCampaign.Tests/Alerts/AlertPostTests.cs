using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Alerts;

/// <summary>Who is told what and when, from what stands in ledger.db.</summary>
public sealed class AlertPostTests : AlertCase
{
    static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_cause_is_told_once_reminded_of_every_hour_and_told_over()
    {
        Raise(Some());

        Assert.Equal(["An: KHẨN: kênh gửi 'viettel' đã dừng hẳn"], await TurnAsync());
        Raise(Some()); // found again
        Assert.Empty(await AfterAsync(TimeSpan.FromMinutes(59)));
        Assert.Equal(["An: KHẨN, nhắc lần 2: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(AMinute));
        Assert.Equal(["An: KHẨN, nhắc lần 3: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(AnHour));
        Assert.True(Book.SetOver(AlertKind.LaneStopped, "viettel", _time.GetUtcNow()));
        Assert.Equal(["An: ĐÃ HẾT: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(AMinute));
        Assert.Empty(await AfterAsync(AnHour));

        // The same once more is told once more.
        Raise(Some());
        Assert.Equal(["An: KHẨN: kênh gửi 'viettel' đã dừng hẳn"], await TurnAsync());
    }

    [Fact]
    public async Task It_says_what_since_when_where_and_what_to_do_and_no_number_in_full()
    {
        Raise(Some());

        await TurnAsync();

        Assert.Equal(
            """
            kênh gửi 'viettel' đã dừng hẳn.
            Số 84912***678 bị từ chối.
            Từ lúc: 30/07/2026 08:00
            Ở đâu: máy may-1, thư mục dữ liệu /var/lib/sms-campaign
            Việc cần làm: chạy 'sms-campaign resume'

            Giờ Việt Nam. Chương trình SmsCampaign tự gửi; không trả lời thư này.
            Xem toàn bộ tình hình: sms-campaign status
            """,
            Assert.Single(_channel.Told).Text);
        Assert.StartsWith("[SmsCampaign Sở KH&CN] KHẨN: ", _channel.Told[0].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_only_what_is_urgent_hears_of_it_once_it_is()
    {
        _receivers[0] = Receiver("An", AlertSeverity.Urgent);
        Raise(Some(AlertSeverity.Warning));
        Assert.Empty(await TurnAsync());

        Raise(Some());
        Assert.Single(await TurnAsync());
        Raise(Some(AlertSeverity.Warning));
        Assert.Empty(await TurnAsync());

        // Who was told of it is told that it is over.
        Book.SetOver(AlertKind.LaneStopped, "viettel", _time.GetUtcNow());
        Assert.Single(await TurnAsync());
    }

    [Fact]
    public async Task What_became_worse_is_told_at_once()
    {
        Raise(Some(AlertSeverity.Warning));
        Assert.Equal(["An: Cảnh báo: kênh gửi 'viettel' đã dừng hẳn"], await TurnAsync());

        Raise(Some());
        Assert.Equal(["An: KHẨN: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(AMinute));
    }

    [Fact]
    public async Task In_quiet_hours_only_what_is_urgent_is_told_and_the_rest_in_the_morning()
    {
        _receivers[0] = Receiver("An", quiet: "21:30-06:30");
        _time.Advance(TimeSpan.FromHours(15)); // 23:00
        Raise(Some(AlertSeverity.Warning, AlertKind.DiskLow, ""));
        Raise(Some(AlertSeverity.Warning, AlertKind.LaneHeld, "vnpt"));
        Raise(Some());

        Assert.Equal(["An: KHẨN: kênh gửi 'viettel' đã dừng hẳn"], await TurnAsync());
        _time.Advance(TimeSpan.FromHours(7)); // 06:00
        Book.SetOver(AlertKind.LaneHeld, "vnpt", _time.GetUtcNow());
        Assert.Equal(["An: KHẨN, nhắc lần 2: kênh gửi 'viettel' đã dừng hẳn"], await TurnAsync());

        // What came and went in the night is told too.
        Assert.Equal(
            ["An: Cảnh báo: kênh gửi '' đã dừng hẳn", "An: ĐÃ HẾT: kênh gửi 'vnpt' đã dừng hẳn"],
            await AfterAsync(TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public async Task What_happens_and_does_not_last_is_told_once()
    {
        Raise(Some(AlertSeverity.Info, AlertKind.Finished, "a/2026-07-30"));
        Raise(Some(AlertSeverity.Info, AlertKind.Finished, "a/2026-07-30"));

        Assert.Single(await TurnAsync());
        Raise(Some(AlertSeverity.Info, AlertKind.Finished, "a/2026-07-30"));
        Assert.Empty(await AfterAsync(TimeSpan.FromHours(5)));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_day_without_a_mail_server_loses_nothing_and_ends_in_one_mail_for_each_cause()
    {
        _channel.Trouble = new Wording("máy chủ thư không trả lời", "no answer");
        Raise(Some());
        Raise(Some(AlertSeverity.Warning, AlertKind.DiskLow, ""));
        Raise(Some(AlertSeverity.Warning, AlertKind.LaneHeld, "vnpt"));

        for (var minute = 0; minute < 24 * 60; minute += 5)
            Assert.Empty(await AfterAsync(5 * AMinute));

        Assert.InRange(_channel.Tries, 48, 60); // doubling up to half an hour
        var failing = Book.ReadTold(_time.GetUtcNow())[0].Failing!;
        Assert.Equal("máy chủ thư không trả lời", failing.Trouble.Vi);
        Assert.True(failing.NextTry > _time.GetUtcNow());

        Book.SetOver(AlertKind.LaneHeld, "vnpt", _time.GetUtcNow());
        _channel.Trouble = null;
        Assert.Equal(
            [
                "An: KHẨN: kênh gửi 'viettel' đã dừng hẳn",
                "An: Cảnh báo: kênh gửi '' đã dừng hẳn",
                "An: ĐÃ HẾT: kênh gửi 'vnpt' đã dừng hẳn",
            ],
            await AfterAsync(TimeSpan.FromMinutes(31)));
        Assert.All(Book.ReadTold(_time.GetUtcNow()), told => Assert.Null(told.Failing));
    }

    [Fact]
    public async Task Killed_between_delivered_and_noted_it_is_told_once_more_and_never_lost()
    {
        Raise(Some());
        Execute("create trigger killed before insert on alert_told begin select raise(abort, 'killed'); end");
        await Assert.ThrowsAsync<LedgerException>(() => Post.PostAsync(CancellationToken.None));
        Assert.Single(_channel.Told);
        Execute("drop trigger killed");

        _registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path)); // the next process
        Assert.Single(await TurnAsync());
        Assert.Empty(await TurnAsync());
        Assert.Equal(_channel.Told[0].Id, _channel.Told[1].Id);
    }

    [Fact]
    public async Task Cut_off_in_the_middle_of_several_only_the_one_under_way_is_told_again()
    {
        foreach (var lane in new[] { "mobifone", "viettel", "vnpt" })
            Raise(Some(about: lane));
        _channel.CutOffAfter = 2;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Post.PostAsync(CancellationToken.None));
        _channel.CutOffAfter = null;

        Assert.Equal(
            ["An: KHẨN: kênh gửi 'viettel' đã dừng hẳn", "An: KHẨN: kênh gửi 'vnpt' đã dừng hẳn"], await TurnAsync());
        Assert.Equal(4, _channel.Told.Count);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_told_once_by_the_process_all_the_same()
    {
        var post = Post;
        Raise(Some());
        Execute("create trigger full before insert on alert_told begin select raise(abort, 'disk full'); end");
        await Assert.ThrowsAsync<LedgerException>(() => post.PostAsync(CancellationToken.None));
        await Assert.ThrowsAsync<LedgerException>(() => post.PostAsync(CancellationToken.None));
        Execute("drop trigger full");

        Assert.Empty(await TurnAsync(post));
        Assert.Single(_channel.Told);
        Assert.Equal(1, Assert.Single(Book.ReadTold(_time.GetUtcNow())).Times);
    }

    [Fact]
    public async Task A_kill_before_anything_was_told_loses_nothing_even_where_it_is_over_by_then()
    {
        Raise(Some());
        Book.SetOver(AlertKind.LaneStopped, "viettel", _time.GetUtcNow());

        Assert.Equal(["An: ĐÃ HẾT: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(AMinute));
    }

    [Fact]
    public async Task One_who_is_named_later_hears_of_what_still_is_so()
    {
        Raise(Some());
        await TurnAsync();

        _receivers.Add(Receiver("Bình"));
        Assert.Equal(["Bình: KHẨN: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(AMinute));
    }

    [Fact]
    public async Task What_still_is_so_is_tried_every_half_hour_however_long_nobody_could_be_told()
    {
        _channel.Trouble = new Wording("không", "no");
        Raise(Some());
        await TurnAsync();
        _time.Advance(TimeSpan.FromDays(30));
        for (var tries = 0; tries < 10; tries++)
            await AfterAsync(TimeSpan.FromMinutes(30));
        var before = _channel.Tries;

        await AfterAsync(TimeSpan.FromMinutes(29));
        Assert.Equal(before, _channel.Tries);
        await AfterAsync(AMinute);
        Assert.Equal(before + 1, _channel.Tries);

        _channel.Trouble = null;
        Assert.Equal(["An: KHẨN: kênh gửi 'viettel' đã dừng hẳn"], await AfterAsync(TimeSpan.FromMinutes(30)));
    }

    [Theory]
    [InlineData(AlertKind.LaneStopped)] // over
    [InlineData(AlertKind.ClockStep)] // it happened
    public async Task What_is_past_is_tried_for_three_days_from_then_on(AlertKind kind)
    {
        _channel.Trouble = new Wording("không", "no");
        Raise(Some(kind: kind));
        await TurnAsync();
        if (!kind.IsEvent())
            _time.Advance(TimeSpan.FromDays(30));
        Book.SetOver(kind, "viettel", _time.GetUtcNow());

        await AfterAsync(TimeSpan.FromDays(3));
        var tries = _channel.Tries;
        Assert.Equal(2, tries);

        _channel.Trouble = null;
        Assert.Empty(await AfterAsync(AMinute + TimeSpan.FromMinutes(30)));
        Assert.Equal(tries, _channel.Tries);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_keeps_nobody_waiting()
    {
        _channel.Trouble = new Wording("không", "no");
        Raise(Some());
        await TurnAsync();
        Execute("update alert_told set next_try_at = '2027-01-01T00:00:00.000Z'");
        _channel.Trouble = null;

        Assert.Single(await TurnAsync());
    }

    void Execute(string sql)
    {
        using var db = SqliteDb.Open(new DataFolder(_folder.Path).Ledger);
        db.Execute(sql);
    }
}
