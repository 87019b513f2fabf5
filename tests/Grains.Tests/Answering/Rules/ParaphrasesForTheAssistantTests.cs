namespace FteAgent.Tests.Answering.Rules;

/// <summary>
/// What customers say that the assistant may answer, as whole messages against the whole table: one sentence a line, all of our own writing. Each list was written before the
/// rules were tried on it; what they got wrong then became a better rule.
/// </summary>
public sealed class ParaphrasesForTheAssistantTests
{
    public static TheoryData<string> Messages => Lines("""
        What does error 402 cost mean?
        How do I process a refund for my customer in your app?
        Do you have a human-readable export?
        How do I install the monitoring agent on Linux?
        The agent process keeps restarting after upgrade, version 2.1
        This is so frustrating, how do I export my report?
        I've been trying for an hour and it's driving me nuts, how do I add a column?
        How do I reset my password?
        I forgot my password and the email never comes, very annoying
        Which features are in the Pro plan compared to Basic?
        Does the Enterprise plan include SSO?
        The webhook returns 401 unauthorized, what am I doing wrong?
        There's a memory leak when I run your SDK
        How do I assign a ticket to an agent?
        How do I add a manager to my workspace?
        My manager asked me to set up the Slack integration. How?
        Can I change the owner of a project?
        Can customers see our internal notes?
        How do I restore a deleted project?
        Will we lose data if we downgrade?
        I accidentally deleted a task, can I get it back?
        How does the GitHub integration work?
        Can you import from Trello?
        My colleague Sue can't log in.
        Where is the legal entity name shown on invoices?
        We are a law firm and want to create a template for new clients.
        Our app is slow today
        How do I set up two-factor authentication?
        how can i get rid of the discount field in my form
        How do I create a quote template for clients?
        What is the rate limit of the API?
        How long does it take to process an export?
        Is the API down?
        I can't find the dark mode setting. Help!
        It crashed again when I uploaded a file
        the mobile app freezes when opening big boards
        Please can someone help me set up email notifications?
        I need help with the invoice export to QuickBooks.
        How do I change my billing address?
        How can I update my credit card?
        Where do I download my invoices?
        Can I upgrade my plan in the middle of a month?
        How do I cancel my subscription?
        How do I delete my account?
        can you tell me how to invite people
        How many people can I invite?
        Do you support SAML?
        I get 'payment required' error code 402 on the endpoint
        Is my data encrypted at rest?
        How do you keep my data safe?
        The cost center column is missing in the report
        I love this product, thank you!
        Thanks for the quick help yesterday
        Thanks, but it still fails
        I'm confused about the permissions. Can you explain who can edit?
        Can I share a board with someone outside my company?
        How to give a person read-only access?
        the import failed with "invalid date", what format do you need?
        notifications arrive hours late, why?
        Our team can't see the new board
        How to track costs of a project?
        Is there a way to contact my customers through the app?
        Can our users chat with a human agent through the widget we embed?
        How do I enable live chat on my site?
        Do you have an API to issue refunds?
        What happens to my data when the trial ends?
        The dashboard shows wrong numbers since Monday
        Can I use it offline?
        sorry to bother you again, one more question: where is the archive?
        I need this urgently: how do I add a domain?
        Hi, I set up the calendar sync yesterday but events are created twice. I've tried disconnecting and reconnecting. Could you help me figure out what's wrong?
        We recently moved from spreadsheets to your tool and would like to know how to import 400 tasks with assignees.
        Since the last update I cannot drag cards between columns. This is blocking my whole team's work.
        Dear support, I changed my phone and can no longer generate 2FA codes. How can I get back in?
        Our webhook receives duplicate events whenever a card is updated. Is this expected?
        Is there any limit on the number of projects in the free plan?
        Could you walk me through setting up SSO with Okta?
        I'd love to see dark mode in the mobile app. Is this planned?
        Just wanted to say the new dashboard is fantastic. Great job!
        The export takes forever and then times out. We have about 20,000 rows. What can I do?
        I can't find where to change the language of the interface.
        Hi! How do I give my client access to a single board without them seeing everything else?
        The report shows the wrong totals for March, what could be the reason?
        Notifications are not delivered to Slack anymore. I've checked the channel name and permissions.
        When I click on Save nothing happens. I'm using Firefox on Windows. Please fix this as soon as possible, it's really annoying.
        Hello, I want to upgrade from Basic to Pro. Will my boards stay as they are?
        How many API calls can I make per minute on the Business plan?
        I was invited to a workspace but the link has expired. What now?
        Why does my invoice not show our VAT number?
        Can I pay by bank transfer instead of card?
        What's the difference between archiving and deleting a board?
        My account is locked after too many attempts, how long does it take until it is unlocked?
        Is it possible to duplicate a project including all tasks?
        We are a team of 12 consultants, which plan includes time tracking?
        How do I switch my account from monthly to annual billing?
        The app logs me out every few minutes, so annoying 😡
        Hey, quick question: can guests comment on tasks?
        Do you have a mobile app for Android tablets?
        I lost my password and no longer have access to that email address.
        Is there a way to see who changed a task and when?
        Can the system send a reminder to a person who hasn't updated their task?
        We need help migrating our data from Jira. Is there a guide?
        the page doesn't load, only a white screen
        how do i contact a teammate inside the app?
        please add me to the beta of the new editor
        The customer portal shows an old logo, how can we replace it?
        Could someone explain the difference between admin and manager?
        I accidentally removed myself as an admin, what can I do?
        Is your service hosted in the EU?
        Hi, my trial ends tomorrow, what happens with my data?
        Do you have any documentation about your GraphQL API?
        Where can I see the status page?
        how to stop getting emails from you every day
        Your docs say there is a bulk edit but I don't see it. Am I missing something?
        Thanks a lot, that solved it!
        Good evening
        our agents can't see the ticket queue since the new release
        how do i make a task repeat every monday
        I'm not sure whether I understood the permissions right, can you confirm that viewers cannot export?
        I get "insufficient funds" style error code E-77 when testing my payment form
        Can you increase the upload limit for our account?
        Does the Business plan have priority support?
        It's disappointing that there's no offline mode. Is it planned?
        I hate to bother you, but the search doesn't find older tasks
        I'm getting a bit frustrated with the date picker. How do I type a date by hand?
        The page says 'contact your administrator', who is that?
        Where can I see which agent is assigned to a ticket in my inbox?
        Does the human resources template include onboarding tasks?
        We run a court reporting business and need a template for transcripts.
        I need to share a contract with a client, can I attach a PDF?
        How do I set the price of an item in my shop?
        Is there a way to charge my customers a late fee through your invoicing module?
        The discount column of my products import is ignored. Which format is right?
        How can I set permissions so that the legal department only reads?
        Can a deactivated user still see old comments?
        How do I turn off suspicious login alerts?
        What does 'unauthorized client' mean in the OAuth flow?
        Is there an audit log to see logins?
        I can't see the tasks of other people in my team. Which permission do they need to share?
        My teammate can see my private notes, how do I hide them?
        How do I export the personal data fields of contacts into CSV?
        Can I delete old data automatically after a year?
        The counter shows 0 although I have 5 tasks
        The list is empty after I apply the filter
        My draft is gone when I switch tabs, is there an autosave?
        The search returns nothing for archived cards
        Could you explain how billing works for guests?
        Which payment methods do you accept?
        Can I change the billing email?
        When will I be billed next?
        How do I add a second card for payments?
        How can I compare two versions of a document?
        Is there a difference between the desktop and the web version?
        Can we use your tool together with Notion?
        I saw that the API is deprecated, what should I use instead?
        Third time's the charm: how do I set up recurring tasks?
        I've tried three times to upload my logo but the file is rejected
        It took me several attempts to log in today
        Your suggestion worked, thanks!
        Your fix works great.
        We couldn't find the option you mentioned, where is it?
        I followed the docs, but the OAuth screen shows a 403 error
        Why do I have to log in every day?
        Who can see my profile?
        Can someone tell me where to find the API key?
        I want to assign a person to a card
        How do I add a new manager and give her rights?
        we want to invite our accountant with read access, how?
        Can you please check whether the SMTP settings are right?
        is the service down? cannot load anything
        Is there an outage right now?
        My screen is black after I log in
        the video call drops after ten minutes
        Do you offer training videos?
        I need to send an invoice to a customer, how?
        How can I refund an order in the shop module?
        I don't understand the cost breakdown chart, what is the blue bar?
        Where's the pricing table widget in the page builder?
        My price list import fails with an encoding error
        How can managers approve time sheets?
        Why can't agents see private tickets?
        Is there a role for external people?
        The human icon on the card, what does it mean?
        Which fields count as personal information in the contact form?
        How do I report a bug?
        How do I report spam comments?
        We lost the link to the webinar, can you resend it?
        I lost the invitation email
        I keep losing my connection to the server
        Data is not showing in the widget until I refresh
        Files are missing a preview
        Deleted items stay visible in the list
        What's a security key and how do I register one?
        Is your API secured with OAuth?
        How can I see failed login attempts?
        What's the password policy?
        Unable to log in: "account suspended"
        My account says it's past due, where do I pay?
        How to update VAT id on invoices
        Can you send invoices to another email?
        I've sent you a message yesterday about the same thing, just adding a screenshot
        Any update on my ticket?
        I'm waiting for the confirmation email since an hour
        the app is terribly slow when I scroll
        ugh, another crash
        please fix the typo on the login page
        I wish the calendar was faster
        Sad to see the old layout go, can I switch back?
        that's odd, the counter is wrong
        wow, this is confusing. how do filters work?
        Why do you not support IPv6?
        Is there something wrong with your servers? My page loads slowly
        Can you make the font bigger?
        how do you compare dates in a formula?
        I have a list called Refunds. Can a card move there by itself?
        I am looking at POST /v1/refunds. Which fields are required?
        In our sales team, discounts above 15% need the approval of a manager. Can I build that?
        We attach our price list to each quote task. Can an automation do that?
        Where can I see the total cost of a project?
        We label some tasks "compliance" and others "legal". Can I filter by both?
        Our legal department and the marketing department both use it. Can I hide the legal team's boards?
        Is there a way to stop two cards having the same date and court?
        We are a team of lawyers and need a template for cases.
        Can the report be grouped by lawyer's hours?
        A colleague has left us. How do I take away her access without losing her tasks?
        Our test customers were gone from the sandbox this morning, is that expected?
        Lost phone, 2FA
        How does the live chat widget work?
        How do I get someone's calendar into mine?
        Stupid question: where do I log in?
        It drives me mad that the menu closes. Is there a setting?
        Damn, that was easy. Thanks!
        How many purchases can I make with one card?
        I hope this feature will take my photography to the next level. How do I set it?
        I had a chat with Eva Persson last week about imports.
        I had a chat with Huan last week about imports.
        What happens when I press W?
        Someone on our team changed her email address, how do I update it?
        Can I list members we have not invited yet?
        Can I show our board to strangers by a link?
        How do I file a warranty claim with the courier?
        I press the action button with the mouse
        It says that file name is illegal.
        The import took too much time.
        Are we billed for users that were removed?
        Can I pay it back early?
        When must the loan be repaid?
        A client owes us 200 euros, how do I send a reminder?
        Do you use end-to-end encryption to guarantee privacy?
        My card is declined for large purchases.
        Is there a better color scheme?
        How do I get better search terms?
        better search terms
        We only spend 5 minutes per task.
        Can I shave a few minutes off my export?
        Ballpark, how long does the import take?
        How many visitors are looking at my page per day?
        How do I pay after my card was declined?
        How do I transfer the chat history to a new phone?
        Is there a notice for whoever owns the card?
        Can I bump my plan up to the next tier?
        Can I call someone abroad with the app?
        Can tickets with no reply after 7 days be closed by themselves?
        I lost my place in the comments.
        """);

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_assistant_may_answer(string message) => Assert.Null(Ask.Rule(message));

    private static TheoryData<string> Lines(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
