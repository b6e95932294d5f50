using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace SmsCampaign.WebConsole.People;

/// <summary>Somebody who may sign in to the pages.</summary>
public sealed class Person : IdentityUser
{
    /// <summary>Name and office, as it is recorded beside what they decide.</summary>
    public string FullName { get; set; } = "";

    /// <summary>Their account of the operating system on the server, where they have one: what they do there and here
    /// is one person's. Empty: none.</summary>
    public string OsAccount { get; set; } = "";

    public DateTimeOffset AddedAt { get; set; }

    public string AddedBy { get; set; } = "";

    /// <summary>When an administrator has taken the right to sign in; null: they may.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The step of 30 s, counted since 1970, of the latest authenticator code that was taken: only later ones
    /// count (RFC 6238, 5.2). 0: none was.</summary>
    public long LastCodeStep { get; set; }
}

/// <summary>One time that somebody has signed in.</summary>
public sealed class Session
{
    /// <summary>Random; the browser's cookie holds it, sealed.</summary>
    public string Id { get; set; } = "";

    /// <summary>What a page calls it by: the id itself stays in the cookie.</summary>
    public string Handle => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id)))[..16];

    public string PersonId { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>When it last asked for something, to the minute.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The browser, as it calls itself, shortened.</summary>
    public string Browser { get; set; } = "";

    /// <summary>The address that it came from.</summary>
    public string From { get; set; } = "";
}
