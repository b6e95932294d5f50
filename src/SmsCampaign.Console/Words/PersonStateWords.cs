using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.Words;

/// <summary>Whether somebody may sign in, for a page.</summary>
public static class PersonStateWords
{
    public static Wording Of(Person person, DateTimeOffset now) => person switch
    {
        { ClosedAt: { } at } => new(
            $"ĐÃ ĐÓNG lúc {VietnamTime.Expected(at)}", $"CLOSED at {VietnamTime.Expected(at)}"),
        { TwoFactorEnabled: false } => new("chưa nhận tài khoản", "not taken up yet"),
        { LockoutEnd: { } until } when until > now => new(
            $"nhập sai nhiều lần, tạm khóa tới {VietnamTime.Expected(until)}",
            $"too many wrong attempts, locked until {VietnamTime.Expected(until)}"),
        _ => new("đăng nhập được", "may sign in"),
    };
}
