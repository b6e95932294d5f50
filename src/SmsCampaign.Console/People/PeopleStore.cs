using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>Registers the store of persons with Identity: the pages and the verb <c>user</c> have the same.</summary>
public static class PeopleStore
{
    /// <summary>For how long a link by which somebody sets a password is good.</summary>
    public static readonly TimeSpan LinkLives = TimeSpan.FromHours(1);

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Wrong answers in a row after which nobody signs in under a name for <see cref="LockedFor"/>.</summary>
    public const int MostFailures = 5;

    /// <summary>Characters; with an authenticator code beside it (NIST SP 800-63B-4, 3.1.1.2 asks for 8
    /// then).</summary>
    public const int ShortestPassword = 12;

    public static void Add(IServiceCollection services, DataFolder data)
    {
        Directory.CreateDirectory(data.Root);
        services.AddDbContext<PeopleDb>(db => db.UseSqlite(
            $"Data Source={data.People};Default Timeout=10;Pooling=False"));
        services.AddDataProtection()
            .SetApplicationName("sms-campaign-console")
            .PersistKeysToFileSystem(Directory.CreateDirectory(data.ConsoleKeys));
        services.AddIdentityCore<Person>(identity =>
            {
                identity.Password.RequiredLength = ShortestPassword;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 5;
                identity.Lockout.MaxFailedAccessAttempts = MostFailures;
                identity.Lockout.DefaultLockoutTimeSpan = LockedFor;
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // with passkeys
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
            })
            .AddEntityFrameworkStores<PeopleDb>()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = LinkLives);
        services.AddScoped<PeopleDesk>();
        services.AddScoped<Sessions>();
    }

    /// <summary>Makes the file where there is none.</summary>
    public static async Task OpenAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PeopleDb>().Database.EnsureCreatedAsync();
    }
}
