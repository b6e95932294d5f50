using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace SmsCampaign.WebConsole.People;

/// <summary>Who is signed in: each time is kept, and ends where it is idle, old, or ended by a person.</summary>
public sealed class Sessions(PeopleDb db, TimeProvider time)
{
    /// <summary>Type of the claim that holds the session's id.</summary>
    public const string Claim = "sms-session";

    /// <summary>How long it lives without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>How long it lives at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long what was shown at signing in stands for what a form would ask for again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>How exactly it is kept when it was last seen: not every request writes.</summary>
    static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    const int MostBrowser = 120;

    public async Task<Session> BeginAsync(Person person, string browser, string from)
    {
        var now = time.GetUtcNow();
        var session = new Session
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            PersonId = person.Id,
            At = now,
            SeenAt = now,
            Browser = UnseenText.Show(browser.Length > MostBrowser ? browser[..MostBrowser] : browser),
            From = from,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync();
        return session;
    }

    /// <summary>Whether a session lives; takes note that it was seen.</summary>
    /// <param name="isAsked">False where nobody asked for something, as of a page that is only open.</param>
    public async Task<bool> LivesAsync(string id, bool isAsked)
    {
        var now = time.GetUtcNow();
        if (await db.Sessions.FindAsync(id) is not { EndedAt: null } session
            || now - session.SeenAt > Idle
            || now - session.At > Longest)
            return false;

        if (isAsked && now - session.SeenAt > Grain)
        {
            session.SeenAt = now;
            await db.SaveChangesAsync();
        }

        return true;
    }

    /// <summary>Whether somebody signed in so lately that they need not show again who they are.</summary>
    public async Task<bool> IsFreshAsync(string id) =>
        await db.Sessions.FindAsync(id) is { EndedAt: null } session && time.GetUtcNow() - session.At <= Fresh;

    /// <summary>How long a session still lives where nothing is asked for.</summary>
    /// <returns>Zero where it does not.</returns>
    public async Task<TimeSpan> LeftAsync(string id)
    {
        if (await db.Sessions.FindAsync(id) is not { EndedAt: null } session)
            return TimeSpan.Zero;

        var (now, idle, longest) = (time.GetUtcNow(), session.SeenAt + Idle, session.At + Longest);
        var ends = idle < longest ? idle : longest;
        return ends > now ? ends - now : TimeSpan.Zero;
    }

    public async Task EndAsync(string id)
    {
        if (await db.Sessions.FindAsync(id) is not { EndedAt: null } session)
            return;
        session.EndedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
    }

    /// <summary>Ends one of a person's own.</summary>
    /// <param name="handle">As of <see cref="Session.Handle"/>; of another's session it is none.</param>
    public async Task EndOwnAsync(string person, string handle)
    {
        if ((await ReadAsync(person)).FirstOrDefault(session => session.Handle == handle) is { } session)
            await EndAsync(session.Id);
    }

    /// <summary>Ends all of a person's, as when a password or a right changes.</summary>
    /// <param name="but">One that goes on; null: none.</param>
    public async Task EndAllAsync(string person, string? but = null)
    {
        var now = time.GetUtcNow();
        foreach (var session in await db.Sessions
            .Where(session => session.PersonId == person && session.EndedAt == null && session.Id != but)
            .ToListAsync())
            session.EndedAt = now;
        await db.SaveChangesAsync();
    }

    /// <summary>Those that live, the newest first.</summary>
    public async Task<IReadOnlyList<Session>> ReadAsync(string? person)
    {
        var (oldest, idle) = (time.GetUtcNow() - Longest, time.GetUtcNow() - Idle);
        var open = await db.Sessions.AsNoTracking()
            .Where(session => session.EndedAt == null && (person == null || session.PersonId == person))
            .ToListAsync();
        return [.. open.Where(session => session.At >= oldest && session.SeenAt >= idle)
            .OrderByDescending(session => session.At)];
    }
}
